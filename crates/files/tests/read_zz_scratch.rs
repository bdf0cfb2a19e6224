//! scratch
#[test]
fn w() {
    let d = penshaw_basis::Date::constant(2014, 3, 31);
    let y = penshaw_basis::FinancialYear::of(d);
    let f: Vec<(String,String)> = (1..170).map(|i| (i.to_string(), format!("Function {i}"))).collect();
    std::fs::write("/tmp/pt/estate.xlsx", penshaw_files::template::estate(d, y, &f).unwrap()).unwrap();
    std::fs::write("/tmp/pt/partnership.xlsx", penshaw_files::template::partnership(d, y).unwrap()).unwrap();
}

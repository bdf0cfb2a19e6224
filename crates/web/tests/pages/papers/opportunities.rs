//! Savings that an analysis found become lines of an option, and leave it again.

use penshaw_operations::Role;

use super::{post, work_out};
use crate::site::{Answer, Site, hidden};

/// The address of the first opportunity on the list by which somebody saves.
async fn first(site: &Site) -> String {
    let list = site.get("/opportunities").await.must(200).text;
    for after in list.split("href=\"/opportunities/overlap/").skip(1) {
        let address = format!("/opportunities/overlap/{}", after.split('"').next().expect("an address ends"));
        if site.get(&address).await.must(200).text.contains("name=\"cost-centre-") {
            return address;
        }
    }
    panic!("overlap offers no saving: {list}")
}

async fn adopt(site: &Site, address: &str, option: &str, more: &[(&str, &str)]) -> Answer {
    let run = hidden(&site.get(address).await.must(200).text, "run");
    let mut fields = vec![("run".to_owned(), run), ("option".to_owned(), option.to_owned())];
    fields.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    post(site, &format!("{address}/adopt"), &fields).await
}

#[tokio::test]
async fn an_opportunity_becomes_lines_of_an_option_which_know_it_and_can_be_taken_out_again() {
    let site = Site::of("partnership", &[Role::Finance, Role::EstateEditor]).await;
    site.get("/opportunities").await.must(200).says(&["No answer offers anything yet"]);
    site.post("/analyses/overlap/work-out", &[]).await.location();
    site.work().await;
    site.get("/opportunities").await.must(200).says(&["Not adopted", "Where do we run the same thing twice?"]);
    let address = first(&site).await;
    adopt(&site, &address, "", &[]).await.must(422).says(&["Choose the option that is to adopt it"]);
    adopt(&site, &address, "O9", &[]).await.must(422);
    let to = adopt(&site, &address, "O2", &[]).await;
    site.get(to.must(303).location())
        .await
        .must(200)
        .says(&["The option has adopted it as lines", "Adopted by option O2"]);
    let page = site.get(&address).await.must(200);
    let line = page.text.split("/estate/lines/partnership/entry/").nth(1).expect("it has a line");
    let line = format!("/estate/lines/partnership/entry/{}", line.split('"').next().expect("an address ends"));
    site.get(&line).await.must(200).says(&["overlap/", "benefit"]);
    site.get("/opportunities").await.must(200).says(&["Adopted by O2"]);
    // Adopted again, it has the same lines; with a cost centre its benefit is cash-releasing.
    let again = adopt(&site, &address, "O2", &[("cost-centre-SCC", "CE1401"), ("cost-centre-DCC", "D100")]).await;
    again.must(303);
    site.get(&line).await.must(200).says(&["cash-releasing benefit", "Cost centre"]);
    post(&site, &format!("{address}/set-aside"), &[("option".to_owned(), "O2".to_owned())]).await.must(303);
    site.get(&address).await.must(200).does_not_say("Adopted by option");
    site.get("/opportunities").await.must(200).says(&["Not adopted"]);
}

#[tokio::test]
async fn an_answer_that_was_worked_out_again_is_looked_at_before_it_is_adopted() {
    let site = Site::of("partnership", &[Role::Finance, Role::EstateEditor]).await;
    work_out(&site).await;
    let address = first(&site).await;
    let fields = [("run", "another"), ("option", "O2")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    post(&site, &format!("{address}/adopt"), &fields).await.must(409).says(&["worked out again while you looked"]);
    let reader = site.person("reader", "SCC", &[Role::Auditor]).await;
    let page = reader.get(&address).await.must(200);
    assert!(!page.text.contains("/adopt\""), "{}", page.text);
    post(&reader, &format!("{address}/adopt"), &fields).await.must(403);
}

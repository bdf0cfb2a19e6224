//! Names of public bodies as publishers write them: whether two mean the same body, and a short code for one.

use std::collections::BTreeSet;

/// Words that say what kind of body it is and not which.
const KINDS: &[&str] = &[
    "the",
    "of",
    "council",
    "county",
    "city",
    "borough",
    "district",
    "metropolitan",
    "royal",
    "london",
    "unitary",
    "authority",
    "corporation",
    "cc",
    "bc",
    "dc",
    "mbc",
    "mdc",
];
/// Words of tiers below the county.
const BELOW: &[&str] = &["city", "borough", "district", "metropolitan"];
/// How long a code may be.
const LONGEST_CODE: usize = 5;
/// Codes that mean all authorities.
const RESERVED: &[&str] = &["JOINT"];

/// Whether two names mean the same public body.
///
/// Capitals, what stands in brackets and words such as "Borough Council" do not tell bodies apart; a county and a
/// city of one name do.
///
/// ```
/// use penshaw_files::read::same_authority;
/// assert!(same_authority("BURNLEY BOROUGH COUNCIL", "Burnley Council"));
/// assert!(same_authority("City of York Council", "York"));
/// assert!(!same_authority("Durham County Council", "Durham University"));
/// assert!(!same_authority("Durham County Council", "Durham City Council"));
/// ```
pub fn same_authority(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    let both = |these: &[String], those: &[String]| {
        these.iter().any(|word| word == "county")
            && those.iter().any(|word| BELOW.contains(&word.as_str()))
            && !those.iter().any(|word| word == "county")
    };
    let core = which(&one);
    !core.is_empty() && core == which(&other) && !both(&one, &other) && !both(&other, &one)
}

/// The words of a name, without what stands in brackets.
fn words(name: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let mut plain = String::with_capacity(name.len());
    for letter in name.replace('&', " and ").chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '\'' | '’' | '.' => {}
            letter if depth == 0 => plain.extend(letter.to_lowercase()),
            _ => {}
        }
    }
    plain.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The words that say which body it is; all of them where none does, as for the City of London Corporation.
fn which(words: &[String]) -> Vec<&str> {
    let telling: Vec<&str> = words.iter().map(String::as_str).filter(|word| !KINDS.contains(word)).collect();
    if telling.is_empty() { words.iter().map(String::as_str).collect() } else { telling }
}

/// A short code of capital letters for a body, which none of the others has.
///
/// ```
/// use std::collections::BTreeSet;
/// use penshaw_files::read::code_of;
/// let taken = BTreeSet::from(["SCC".to_owned()]);
/// assert_eq!(code_of("Durham County Council", &taken), "DCC");
/// assert_eq!(code_of("Stockport City Council", &taken), "STOCC");
/// ```
pub fn code_of(name: &str, taken: &BTreeSet<String>) -> String {
    let words: Vec<String> =
        words(name).into_iter().filter(|word| !["the", "of", "and"].contains(&word.as_str())).collect();
    let capitals = |text: String| {
        let letters = text.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase());
        letters.take(LONGEST_CODE).collect::<String>()
    };
    let initials = |skip: usize| words.iter().skip(skip).filter_map(|word| word.chars().next()).collect::<String>();
    let first =
        |letters: usize| words.first().map(|word| word.chars().take(letters).collect::<String>()).unwrap_or_default();
    let short = [initials(0), first(3) + &initials(1), first(4), first(5)].map(capitals);
    let fits = |code: &String| {
        let free = code.len() > 1 && !taken.contains(code) && !RESERVED.contains(&code.as_str());
        free && super::safe_name::is_plain_path(&code.to_lowercase())
    };
    let numbered = (2..).map(|number: usize| {
        let letters: String = short[0].chars().take(3).collect();
        format!("{}{number}", if letters.is_empty() { "A".into() } else { letters })
    });
    short.iter().cloned().chain(numbered).find(fits).expect("numbers do not end")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_body_are_known_and_others_are_told_apart() {
        for (one, other) in [
            ("Durham County Council", "Durham"),
            ("Blackburn With Darwen Borough Council", "Blackburn with Darwen Council"),
            ("Warwickshire County Council (WCC)", "WARWICKSHIRE COUNTY COUNCIL"),
            ("London Borough of Enfield", "Enfield Council"),
            ("Bath & North East Somerset Council", "Bath and North East Somerset Council"),
            ("City of London Corporation", "CITY OF LONDON CORPORATION"),
            ("King's Lynn and West Norfolk", "Kings Lynn & West Norfolk Borough Council"),
        ] {
            assert!(same_authority(one, other) && same_authority(other, one), "{one} / {other}");
        }
        for (one, other) in [
            ("Durham County Council", "Durham City Council"),
            ("Chorley Council", "Chorley Council and South Ribble Borough Council"),
            ("Hyndburn Borough Council", "Hyndburn Borough Council Environmental Services"),
            ("Lancaster City Council", "Lancashire County Council"),
            ("City of London Corporation", "Greater London Authority"),
            ("", ""),
        ] {
            assert!(!same_authority(one, other) && !same_authority(other, one), "{one} / {other}");
        }
    }

    #[test]
    fn every_code_is_short_and_its_own() {
        let mut taken = BTreeSet::new();
        for name in [
            "Sunderland City Council",
            "Stockport City Council",
            "Salford City Council",
            "Southampton City Council",
            "Southend City Council",
            "Joint Objective Institute for Nature and Trees",
            "Con",
            "Ärzte",
            "",
            "—",
        ] {
            let code = code_of(name, &taken);
            assert!((2..=LONGEST_CODE).contains(&code.len()), "{name}: {code}");
            assert!(
                code.bytes().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit()),
                "{name}: {code}"
            );
            assert!(taken.insert(code.clone()) && code != "JOINT" && code != "CON", "{name}: {code}");
        }
    }
}

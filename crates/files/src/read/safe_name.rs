//! A name for a file that somebody hands in, safe to keep, to show and to give back.

/// The most letters of a name; every file system takes them.
const LONGEST: usize = 100;
/// The most bytes of a name: file systems stop at 255, and something may be put before or after it.
const MOST_BYTES: usize = 200;
/// The longest ending that is kept when a name is cut.
const LONGEST_ENDING: usize = 10;
/// What a file is called whose name has nothing to keep.
const UNNAMED: &str = "unnamed";
/// Names that mean a device on Windows, whatever their ending.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$"];

/// The safe form of a file's name: its last part, without what hides, misleads or commands.
///
/// Folders, control characters and characters that turn or hide text are taken out;
/// characters that mean something to a shell or a file system become hyphens; names of
/// devices get an underscore before them; over-long names are cut before their ending.
///
/// ```
/// use penshaw_files::read::safe_name;
/// assert_eq!(safe_name("../../etc/estate 2026.xlsx"), "estate 2026.xlsx");
/// assert_eq!(safe_name("C:\\fakepath\\CON.csv"), "_CON.csv");
/// assert_eq!(safe_name("estate\u{202e}xslx.exe"), "estatexslx.exe");
/// assert_eq!(safe_name(".."), "unnamed");
/// ```
pub fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\', '∕', '⁄', '／', '＼']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|letter| !is_unseen(*letter)).map(harmless).collect();
    match bare(&plain) {
        "" => UNNAMED.to_owned(),
        device if is_device(device) => within_length(&format!("_{device}")),
        name => within_length(name),
    }
}

/// Whether a path of a folder or file leads nowhere but down, by names that every computer takes.
pub(crate) fn is_plain_path(path: &str) -> bool {
    let refused = |letter: char| is_unseen(letter) || "\\:*?\"<>|".contains(letter);
    let plain = |name: &str| {
        !name.is_empty()
            && name.len() <= MOST_BYTES
            && !name.contains(refused)
            && !name.ends_with(['.', ' '])
            && !name.starts_with(' ')
            && !is_device(name)
    };
    path.split('/').all(plain)
}

/// Whether a character cannot be seen, or changes how others are seen.
fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            // Soft hyphen, joiners and marks of direction, and what overrides it.
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            // Isolates, invisible operators, the mark of byte order, interlinear notes, tags.
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{e0fff}')
}

/// A character that means nothing to a shell, a file system or a page.
fn harmless(letter: char) -> char {
    match letter {
        '<' | '>' | ':' | '"' | '|' | '?' | '*' | '%' | '`' | '$' | ';' | '&' => '-',
        space if space.is_whitespace() => ' ',
        other => other,
    }
}

/// A name without what would hide it or make it a command: no dots, spaces, hyphens or tildes at its edges.
fn bare(name: &str) -> &str {
    name.trim_start_matches([' ', '.', '-', '~']).trim_end_matches([' ', '.'])
}

/// A name within its length: cut before its ending, where that is short enough to be one.
fn within_length(name: &str) -> String {
    let fits = |letters: usize, bytes: usize| letters <= LONGEST && bytes <= MOST_BYTES;
    if fits(name.chars().count(), name.len()) {
        return name.to_owned();
    }
    let ending = name.rfind('.').map(|at| &name[at..]).filter(|ending| ending.chars().count() <= LONGEST_ENDING);
    let ending = ending.unwrap_or_default();
    let mut stem = String::new();
    for letter in name[..name.len() - ending.len()].chars() {
        let letters = stem.chars().count() + 1 + ending.chars().count();
        if !fits(letters, stem.len() + letter.len_utf8() + ending.len()) {
            break;
        }
        stem.push(letter);
    }
    format!("{}{ending}", stem.trim_end_matches([' ', '.']))
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = |word: &str| {
        let rest = stem.strip_prefix(word).unwrap_or_default();
        rest.chars().count() == 1 && rest.chars().all(|digit| digit.is_ascii_digit() || "¹²³".contains(digit))
    };
    DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hostile_names_are_made_harmless() {
        for (name, safe) in [
            ("estate.xlsx", "estate.xlsx"),
            ("Straße & Brücke.csv", "Straße - Brücke.csv"),
            ("/etc/passwd", "passwd"),
            ("..\\..\\windows\\system32\\config.csv", "config.csv"),
            ("folder/", "unnamed"),
            ("", "unnamed"),
            (".", "unnamed"),
            (" . . ", "unnamed"),
            (".htaccess", "htaccess"),
            ("-rf.csv", "rf.csv"),
            ("~$estate.xlsx", "estate.xlsx"),
            ("nul", "_nul"),
            ("Com1.tar.gz", "_Com1.tar.gz"),
            ("LPT¹", "_LPT¹"),
            ("console.csv", "console.csv"),
            ("aux .csv", "_aux .csv"),
            ("a\0b\r\nc\u{7}.csv", "abc.csv"),
            ("invoice\u{202e}fdp.exe", "invoicefdp.exe"),
            ("a\u{200b}\u{feff}b.csv", "ab.csv"),
            ("a:b|c*d?.csv", "a-b-c-d-.csv"),
            ("estate.csv:stream", "estate.csv-stream"),
            ("$(rm).csv; ls", "(rm).csv- ls"),
            ("trailing.csv. . ", "trailing.csv"),
            ("a\u{a0}b.csv", "a b.csv"),
            ("one／two.csv", "two.csv"),
        ] {
            assert_eq!(safe_name(name), safe, "{name:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let safe = safe_name(&format!("{}.xlsx", "a".repeat(500)));
        assert_eq!((safe.len(), safe.ends_with("a.xlsx")), (LONGEST, true));
        assert!(safe_name(&"𝒳".repeat(300)).len() <= MOST_BYTES);
        assert_eq!(safe_name(&format!("a.{}", "b".repeat(300))).len(), LONGEST);
    }

    proptest! {
        #[test]
        fn a_safe_name_is_safe_and_stays_as_it_is(name in any::<String>()) {
            let safe = safe_name(&name);
            prop_assert!(!safe.is_empty() && safe.len() <= MOST_BYTES);
            prop_assert!(!safe.contains(['/', '\\', '\0']) && !safe.starts_with('.'));
            prop_assert_eq!(safe_name(&safe), safe);
        }
    }
}

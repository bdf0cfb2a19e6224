//! What a file really is, whatever its name says, by its first bytes.

use super::written::Wrong;

/// What the bytes are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Contents {
    Zip,
    /// Excel before 2007, or a workbook under a password.
    OldOffice {
        locked: bool,
    },
    Pdf,
    Picture,
    WebPage,
    Xml,
    Binary,
    Text,
}

impl Contents {
    pub(super) fn of(bytes: &[u8]) -> Contents {
        let starts = |start: &[u8]| bytes.starts_with(start);
        if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
            Contents::Zip
        } else if starts(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
            Contents::OldOffice { locked: is_locked(bytes) }
        } else if starts(b"%PDF") {
            Contents::Pdf
        } else if [b"\x89PNG".as_slice(), b"\xFF\xD8\xFF", b"GIF8", b"BM", b"II*\0", b"MM\0*"]
            .iter()
            .any(|start| starts(start))
        {
            Contents::Picture
        } else {
            of_text(bytes)
        }
    }

    /// What it is called.
    pub(super) fn name(self) -> &'static str {
        match self {
            Contents::Zip => "a ZIP file or workbook",
            Contents::OldOffice { locked: true } => "a workbook under a password",
            Contents::OldOffice { locked: false } => "a file of Excel before 2007",
            Contents::Pdf => "a PDF",
            Contents::Picture => "a picture",
            Contents::WebPage => "a web page",
            Contents::Xml => "XML",
            Contents::Binary => "neither text nor a workbook",
            Contents::Text => "plain text",
        }
    }

    /// What to do with a file that should be a workbook.
    pub(super) fn not_a_workbook(self) -> Wrong {
        let (what, hint) = match self {
            Contents::OldOffice { locked: true } => {
                return Wrong::new(
                    "the workbook is under a password",
                    "open it in Excel or LibreOffice and save it without a password",
                );
            }
            Contents::OldOffice { locked: false } => {
                (self.name(), "open it in Excel or LibreOffice and save it as .xlsx")
            }
            Contents::Text => (self.name(), "if it is CSV, name it .csv; otherwise save the workbook as .xlsx again"),
            Contents::WebPage | Contents::Xml => (self.name(), "open it in Excel or LibreOffice and save it as .xlsx"),
            _ => (self.name(), "save the workbook as .xlsx or .ods again"),
        };
        Wrong::new(format!("it is not a workbook but {what}"), hint)
    }

    /// What to do with a file that should be text, if it is not.
    pub(super) fn not_text(self, wanted: &str) -> Option<Wrong> {
        let hint = match self {
            Contents::Text | Contents::Xml => return None,
            Contents::Zip => "if it is a workbook, name it .xlsx or .ods".to_owned(),
            Contents::OldOffice { .. } => "open it in Excel or LibreOffice and save it as .xlsx".to_owned(),
            _ => format!("save it as {wanted} again"),
        };
        Some(Wrong::new(format!("it is not {wanted} but {}", self.name()), hint))
    }
}

/// Whether the old container holds an encrypted workbook (its stream's name is in UTF-16).
fn is_locked(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

fn of_text(bytes: &[u8]) -> Contents {
    let utf16 = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    let start: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).take(2_000).collect();
    let start =
        String::from_utf8_lossy(&start).trim_start_matches(['\u{feff}', '\u{fffd}']).trim_start().to_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") || start.starts_with("<table") {
        Contents::WebPage
    } else if start.starts_with("<?xml") {
        if start.contains("<html") { Contents::WebPage } else { Contents::Xml }
    } else if !utf16 && bytes.contains(&0) {
        Contents::Binary
    } else {
        Contents::Text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_first_bytes() {
        for (bytes, contents) in [
            (b"PK\x03\x04rest".as_slice(), Contents::Zip),
            (b"%PDF-1.7", Contents::Pdf),
            (b"\x89PNG\r\n", Contents::Picture),
            (b"\xEF\xBB\xBF<!DOCTYPE html><table>", Contents::WebPage),
            (b"<?xml version=\"1.0\"?><Workbook/>", Contents::Xml),
            (b"Reference,Name\n", Contents::Text),
            (b"\xFF\xFER\0e\0f\0", Contents::Text),
            (b"\x01\x02\0\x03", Contents::Binary),
            (b"", Contents::Text),
        ] {
            assert_eq!(Contents::of(bytes), contents, "{bytes:?}");
        }
    }
}

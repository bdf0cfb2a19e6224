//! A file to be sent.

use maud::{Markup, html};

use super::content::{Content, classes, present};
use super::form_group::{FormGroup, Module};
use super::label::Label;

/// A file to be sent. The form needs `enctype="multipart/form-data"`.
#[derive(Clone, Debug, Default)]
pub struct FileUpload<'a> {
    /// The name under which the form sends it.
    pub name: &'a str,
    /// Its `id`; the name where empty.
    pub id: &'a str,
    /// What it is called.
    pub label: Label<'a>,
    /// Help with it.
    pub hint: Content,
    /// What is wrong with it.
    pub error: Option<&'a str>,
    /// The kinds of file, such as ".xlsx, .csv".
    pub accept: &'a str,
    /// Whether several may be chosen.
    pub multiple: bool,
    /// Whether a file may also be dropped, where scripts run.
    pub javascript: bool,
    /// Whether it cannot be used.
    pub disabled: bool,
    /// The `id` of something else that describes it.
    pub described_by: &'a str,
    /// Further classes of the field.
    pub classes: &'a str,
    /// Further classes of the group around it.
    pub form_group_classes: &'a str,
}

impl<'a> FileUpload<'a> {
    /// A field with a name and a label. Browsers let a file be dropped onto it by themselves; the
    /// button that govuk-frontend's script puts in its place has a name other than the words on it,
    /// which WCAG 2.2 (2.5.3) does not allow.
    pub fn new(name: &'a str, label: impl Into<Label<'a>>) -> Self {
        FileUpload { name, label: label.into(), ..FileUpload::default() }
    }
}

/// A file upload.
pub fn file_upload(upload: &FileUpload) -> Markup {
    let group = FormGroup {
        id: if upload.id.is_empty() { upload.name } else { upload.id },
        hint: &upload.hint,
        error: upload.error,
        described_by: upload.described_by,
        classes: upload.form_group_classes,
        module: Module::default(),
    };
    let control = element(upload, &group);
    let control = if upload.javascript {
        html! { div class="govuk-file-upload-wrapper" data-module="govuk-file-upload" { (control) } }
    } else {
        control
    };
    group.around_field(&upload.label, &control)
}

fn element(upload: &FileUpload, group: &FormGroup) -> Markup {
    let error = if upload.error.is_some() { "govuk-file-upload--error" } else { "" };
    html! {
        input class=(classes(&["govuk-file-upload", upload.classes, error])) id=(group.id) name=(upload.name)
            type="file" disabled[upload.disabled] multiple[upload.multiple] accept=[present(upload.accept)]
            aria-describedby=[group.described_by()];
    }
}

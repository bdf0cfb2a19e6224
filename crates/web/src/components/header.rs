//! Our own header: the product's name and sign, the partnership, who is signed in.

use maud::{Markup, html};

use super::content::present;

/// Who is signed in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Account<'a> {
    /// The person.
    pub name: &'a str,
    /// The body for which the person acts.
    pub body: &'a str,
    /// Where the person's own page is.
    pub href: &'a str,
    /// The address to which the form that signs out is sent.
    pub sign_out: &'a str,
}

/// The head of every page.
#[derive(Clone, Copy, Debug, Default)]
pub struct Header<'a> {
    /// Where the product's name leads; `/` where empty.
    pub href: &'a str,
    /// The partnership whose register this is.
    pub partnership: &'a str,
    /// Who is signed in.
    pub account: Option<Account<'a>>,
}

/// A header.
pub fn header(header: &Header) -> Markup {
    html! {
        div class="penshaw-header" {
            div class="govuk-width-container penshaw-header__container" {
                a class="penshaw-header__home" href=(present(header.href).unwrap_or("/")) {
                    (sign()) span class="penshaw-header__product" { "Penshaw" }
                }
                @if !header.partnership.is_empty() {
                    span class="penshaw-header__partnership" { (header.partnership) }
                }
                @if let Some(account) = &header.account { (signed_in(account)) }
            }
        }
    }
}

fn signed_in(account: &Account) -> Markup {
    html! {
        div class="penshaw-header__account" {
            span class="penshaw-header__person" {
                span class="govuk-visually-hidden" { "Signed in as " }
                @if let Some(href) = present(account.href) {
                    a class="penshaw-header__link" href=(href) { (account.name) }
                } @else { (account.name) }
                @if !account.body.is_empty() { span class="penshaw-header__body" { ", " (account.body) } }
            }
            @if let Some(sign_out) = present(account.sign_out) {
                form class="penshaw-header__sign-out" method="post" action=(sign_out) {
                    button class="penshaw-header__link penshaw-header__button" type="submit" { "Sign out" }
                }
            }
        }
    }
}

/// A temple front on a hill, as the monument on Penshaw Hill.
fn sign() -> Markup {
    html! {
        svg class="penshaw-header__sign" xmlns="http://www.w3.org/2000/svg" width="36" height="30"
            viewBox="0 0 36 30" aria-hidden="true" focusable="false" {
            path fill="currentColor"
                d="M18 0 5 6.5V9h26V6.5zM7 10.5h3V19H7zm6.3 0h3V19h-3zm6.4 0h3V19h-3zm6.3 0h3V19h-3zM5 20.5h26V23H5z" {}
            path fill="currentColor" opacity=".7" d="M0 30c6-3.6 12-5.2 18-5.2S30 26.4 36 30z" {}
        }
    }
}

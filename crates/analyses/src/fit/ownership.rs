//! Who would own assets, contracts and data under an option, and whether that is still the public.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::named::ListedOption;

/// Who would own what under an option.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ownership {
    /// Who would own the assets.
    pub assets: Option<String>,
    /// Who would hold the contracts.
    pub contracts: Option<String>,
    /// Who would control the data.
    pub data: Option<String>,
    /// Whether the three stay in public hands.
    pub public: Public,
    /// Which of the three would be a commercial partner's.
    pub not_public: Vec<String>,
    /// Of which of the three it is not stated.
    pub not_stated: Vec<String>,
}

/// Whether assets, contracts and data stay in public hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Public {
    /// Each authority keeps its own of all three.
    #[serde(rename = "kept by each authority")]
    ByEach,
    /// They stay with the authorities, or with a company that they own, but not all with each.
    #[serde(rename = "kept by the authorities together")]
    Together,
    /// At least one would be a commercial partner's.
    #[serde(rename = "not kept")]
    NotKept,
    /// It is not stated of all three, and none is known to leave.
    #[serde(rename = "not known")]
    NotKnown,
}

impl fmt::Display for Public {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Public::ByEach => "kept by each authority",
            Public::Together => "kept by the authorities together",
            Public::NotKept => "not kept",
            Public::NotKnown => "not known",
        })
    }
}

impl Public {
    /// Whether it is kept; nothing where that is not known.
    pub fn kept(self) -> Option<bool> {
        match self {
            Public::ByEach | Public::Together => Some(true),
            Public::NotKept => Some(false),
            Public::NotKnown => None,
        }
    }
}

/// Who would own what, and whether it stays public.
///
/// A company is taken as owned by the authorities alone; what a commercial
/// partner would own is not kept.
pub fn ownership(option: &ListedOption) -> Ownership {
    let three = [("assets", &option.assets), ("contracts", &option.contracts), ("data", &option.data)];
    let of = |wanted: fn(Option<&str>) -> bool| -> Vec<String> {
        let matching = three.iter().filter(|(_, owner)| wanted(owner.as_deref()));
        matching.map(|(name, _)| (*name).to_owned()).collect()
    };
    let not_public = of(|owner| owner == Some("commercial partner"));
    let not_stated = of(|owner| owner.is_none());
    let by_each = of(|owner| owner == Some("each authority"));
    let public = if !not_public.is_empty() {
        Public::NotKept
    } else if !not_stated.is_empty() {
        Public::NotKnown
    } else if by_each.len() == three.len() {
        Public::ByEach
    } else {
        Public::Together
    };
    Ownership {
        assets: option.assets.clone(),
        contracts: option.contracts.clone(),
        data: option.data.clone(),
        public,
        not_public,
        not_stated,
    }
}

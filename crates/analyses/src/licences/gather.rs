//! Takes licences, installations and what they hang on from the joint register.

use penshaw_basis::Date;
use penshaw_register::JointRegister;

use super::{Input, Licences, Partner};
use crate::owned::{entries, owned};
use crate::{Analysis, Missing, Need, named};

pub(super) fn gather(joint: &JointRegister, on: Date) -> Result<Input, Missing> {
    let input = Input {
        on,
        partners: joint
            .authorities()
            .iter()
            .map(|authority| Partner {
                code: authority.code.clone(),
                name: authority.name.clone(),
                population: authority.population,
            })
            .collect(),
        options: named::options(joint),
        area: named::area_judged_by(joint, Licences::NAME),
        licences: owned(joint),
        installations: owned(joint),
        contracts: owned(joint),
        applications: owned(joint),
        supplier_names: entries(joint),
    };
    if input.licences.is_empty() && input.installations.is_empty() {
        let asked = input.partners.iter().map(|partner| needed(&partner.code));
        let needs: Vec<Need> = asked.collect();
        return Err(Missing { needs: if needs.is_empty() { vec![needed("each partner")] } else { needs } });
    }
    Ok(input)
}

fn needed(of: &str) -> Need {
    Need {
        what: "licences with what they entitle to, and installations with what is used".into(),
        of: of.to_owned(),
        hint: "fill in the sheets Licences and Installations, and share them; `penshaw inventory` makes installations of a raw inventory"
            .into(),
    }
}

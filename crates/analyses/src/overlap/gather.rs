//! What the question takes from the joint register.

use penshaw_basis::Date;
use penshaw_register::{Application, Contract, JointRegister, Kind, Licence, ProductReview, SupplierName};

use super::{Input, KeptBack, Overlap};
use crate::owned::{entries, owned};
use crate::{Analysis, Missing, Need, named};

pub(super) fn input(joint: &JointRegister, on: Date) -> Result<Input, Missing> {
    let applications = owned::<Application>(joint);
    if applications.is_empty() {
        let of = |authority: &penshaw_register::Authority| applications_of(&authority.code);
        let needs: Vec<Need> = joint.authorities().iter().map(of).collect();
        return Err(Missing { needs: if needs.is_empty() { vec![applications_of("partnership")] } else { needs } });
    }
    Ok(Input {
        on,
        partners: named::partners(joint),
        applications,
        contracts: owned::<Contract>(joint),
        licences: owned::<Licence>(joint),
        reviews: entries::<ProductReview>(joint),
        supplier_names: entries::<SupplierName>(joint),
        kept_back: kept_back(joint),
        area: named::area_judged_by(joint, Overlap::NAME),
    })
}

fn applications_of(authority: &str) -> Need {
    Need {
        what: "applications with their names".into(),
        of: authority.to_owned(),
        hint: "fill in the sheet Applications, and share it".into(),
    }
}

fn kept_back(joint: &JointRegister) -> Vec<KeptBack> {
    let owners = joint.authorities().iter().map(|authority| {
        let left = joint.left_out(Kind::Application, "annual_cost", Some(&authority.code));
        KeptBack { authority: authority.code.clone(), costs: left.figures, entries: left.entries }
    });
    owners.filter(|kept| kept.costs + kept.entries > 0).collect()
}

//! Takes contracts, what is bought under them, payments, names, directions and consents from the joint register.

use penshaw_basis::Date;
use penshaw_register::{Application, Consent, Contract, Direction, JointRegister, Payment, SupplierName};

use super::{Bought, Input};
use crate::owned::{entries, owned};
use crate::{Missing, Need, named};

pub(super) fn gather(joint: &JointRegister, on: Date) -> Result<Input, Missing> {
    let contracts = owned::<Contract>(joint);
    if contracts.is_empty() {
        let need = |of: &str| Need {
            what: "contracts with their last day and the notice they need".into(),
            of: of.to_owned(),
            hint: "fill in the sheet Contracts, or import a contracts register, and share its dates".into(),
        };
        let needs: Vec<Need> = joint.authorities().iter().map(|authority| need(&authority.code)).collect();
        return Err(Missing { needs: if needs.is_empty() { vec![need("partnership")] } else { needs } });
    }
    let bought = joint.all::<Application>().into_iter().filter_map(|held| {
        let contract = held.entry.contract.filter(|contract| !contract.is_empty())?;
        Some(Bought { authority: held.owner, contract, function: held.entry.function })
    });
    Ok(Input {
        on,
        partners: named::partners(joint),
        contracts,
        applications: bought.collect(),
        payments: owned::<Payment>(joint),
        supplier_names: entries::<SupplierName>(joint),
        directions: entries::<Direction>(joint),
        consents: entries::<Consent>(joint),
        procurements: None,
    })
}

//! The employer register.

use super::dice::Dice;
use super::words::{
    BAKERY, COMPANY_FORMS, EMPLOYER_NAMES, FIRST_NAMES, SWEDISH_NAMES, TITLES, TOWNS, TRADES, Trade,
};
use crate::business_id::{BusinessId, BusinessIdError};
use crate::employers::core_name;
use crate::package::{Employer, Package};
use std::collections::BTreeSet;

/// As many as the service of the pilot contacted.
const EMPLOYERS: usize = 300;
/// Where in the register the one Åkerlund is.
const AKERLUND: usize = 107;

/// Fills the register; gives each employer's trade.
pub(super) fn register(dice: &mut Dice, package: &mut Package) -> Vec<&'static Trade> {
    let mut trades = Vec::with_capacity(EMPLOYERS);
    let mut taken = BTreeSet::new();
    // Not the range of the pilot, so that both fit into one register.
    let mut number = 3000;
    for at in 0..EMPLOYERS {
        let at_trade = if at == AKERLUND { BAKERY } else { (at * 7 + at / 25) % TRADES.len() };
        let trade = &TRADES[at_trade];
        let (town, of_town) = TOWNS[dice.index(TOWNS.len())];
        // A name is taken once; the list of names is long enough to find another.
        let name = (0..50).map(|_| name(dice, at, trade, of_town)).find(|name| taken.insert(core_name(name)));
        let surname = dice.pick(EMPLOYER_NAMES);
        package.employers.push(Employer {
            employer: format!("DE{:03}", at + 1),
            name: name.unwrap_or_else(|| format!("{} {}", trade.name, at + 1)),
            business_id: Some(next_business_id(dice, &mut number)),
            section_tol2008: Some(trade.section.to_owned()),
            class_tol2008: Some(trade.class.to_owned()),
            municipality: Some(town.to_owned()),
            contact_person: Some(format!("{} {surname}", dice.pick(FIRST_NAMES))),
            contact_title: Some(dice.pick(TITLES).to_owned()),
        });
        trades.push(trade);
    }
    trades
}

fn name(dice: &mut Dice, at: usize, trade: &Trade, of_town: &str) -> String {
    if at == AKERLUND {
        return "Konditori Åkerlund Ab".to_owned();
    }
    if let Some(swedish) = trade.swedish.filter(|_| dice.percent(40)) {
        return format!("{swedish} {} Ab", dice.pick(SWEDISH_NAMES));
    }
    let surname = dice.pick(EMPLOYER_NAMES);
    let form =
        if trade.section == "S" && trade.class.starts_with("94") { "ry" } else { dice.pick(COMPANY_FORMS) };
    if dice.percent(50) {
        format!("{of_town} {} {surname} {form}", trade.name)
    } else {
        format!("{} {surname} {form}", trade.name)
    }
}

/// The next code of a range of numbers that no company uses.
fn next_business_id(dice: &mut Dice, number: &mut u32) -> BusinessId {
    loop {
        *number += u32::try_from(dice.between(1, 3)).unwrap_or(1);
        let guess = BusinessId::parse(&format!("{number:07}-0"));
        let mended = match guess {
            Err(BusinessIdError::CheckDigit(right)) => BusinessId::parse(&format!("{number:07}-{right}")),
            other => other,
        };
        if let Ok(id) = mended {
            return id;
        }
    }
}

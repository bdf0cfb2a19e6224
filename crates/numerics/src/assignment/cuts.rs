//! Inequalities that every placement keeps and the relaxation breaks: lifted covers of one capacity at a time.
//!
//! Members whose amounts together are more than a row holds cannot all use it. Lifting gives the other members, and
//! those that the relaxation has use the row wholly, the greatest coefficients with which that stays true.
//! Source: Z. Gu, G. L. Nemhauser, M. W. P. Savelsbergh (1998), "Lifted cover inequalities for 0–1 integer programs:
//! computation", INFORMS Journal on Computing 10, 427–437; here each member takes one of several amounts.

use super::compact::Compact;

/// `Σ coefficient × choice ≤ right`.
pub(super) struct Cut {
    pub(super) coefficients: Vec<(u32, f64)>,
    pub(super) right: f64,
    /// How far the relaxation breaks it, by the length of its coefficients.
    pub(super) broken: f64,
}

/// A member that may use the row: its choices that do, with their amounts, and how much of it the relaxation has use it.
struct User {
    choices: Vec<(u32, f64)>,
    share: f64,
    /// The least amount of a choice that the relaxation takes.
    amount: f64,
    coefficients: Vec<u32>,
}

/// One cut a row, where the relaxation's choices (`at`, from nought to one) break one.
pub(super) fn separate(compact: &Compact, at: &[f64]) -> Vec<Cut> {
    let mut users: Vec<Vec<(u32, u32, f64)>> = vec![Vec::new(); compact.capacity_rows];
    for (choice, uses) in compact.uses.iter().enumerate() {
        for &(row, amount) in uses.iter().filter(|(row, _)| *row < compact.capacity_rows) {
            users[row].push((compact.member_of[choice], choice as u32, amount));
        }
    }
    let cut = |(row, mut users): (usize, Vec<(u32, u32, f64)>)| {
        users.sort_by_key(|&(member, choice, _)| (member, choice));
        let users = users.chunk_by(|one, other| one.0 == other.0).map(|choices| user(choices, at)).collect();
        cover(users, compact.right[row], at)
    };
    users.into_iter().enumerate().filter_map(cut).collect()
}

fn user(choices: &[(u32, u32, f64)], at: &[f64]) -> User {
    let taken = || choices.iter().filter(|&&(_, choice, _)| at[choice as usize] > 1e-7);
    let least = |amounts: &mut dyn Iterator<Item = f64>| amounts.fold(f64::INFINITY, f64::min);
    let mut amount = least(&mut taken().map(|choice| choice.2));
    if amount.is_infinite() {
        amount = least(&mut choices.iter().map(|choice| choice.2));
    }
    let share = taken().map(|&(_, choice, _)| at[choice as usize]).sum();
    let choices: Vec<(u32, f64)> = choices.iter().map(|&(_, choice, amount)| (choice, amount)).collect();
    User { coefficients: vec![0; choices.len()], choices, share, amount }
}

fn cover(mut users: Vec<User>, right: f64, at: &[f64]) -> Option<Cut> {
    let whole: Vec<usize> = (0..users.len()).filter(|&user| users[user].share > 1.0 - 1e-6).collect();
    let mut part: Vec<usize> =
        (0..users.len()).filter(|&user| (1e-6..=1.0 - 1e-6).contains(&users[user].share)).collect();
    let margin = 1e-8 * (1.0 + right.abs());
    let mut room = right - whole.iter().map(|&user| users[user].amount).sum::<f64>();
    if room < 0.0 || part.is_empty() {
        return None;
    }
    let price = |user: &User| (1.0 - user.share) / user.amount;
    part.sort_by(|&one, &other| price(&users[one]).total_cmp(&price(&users[other])).then(one.cmp(&other)));
    let (members, others) = minimal(&users, &part, room + margin)?;
    let mut lifting = Lifting { least: vec![0.0], right: members.len() as u32 - 1, margin };
    for &member in &members {
        let amount = users[member].amount;
        let user = &mut users[member];
        for (coefficient, choice) in user.coefficients.iter_mut().zip(&user.choices) {
            *coefficient = u32::from(choice.1 >= amount);
        }
        lifting.add(&[(amount, 1)]);
    }
    others.iter().for_each(|&user| lifting.up(&mut users[user], room));
    let mut whole = whole;
    whole.sort_by(|&one, &other| users[other].amount.total_cmp(&users[one].amount).then(one.cmp(&other)));
    for user in whole {
        room += users[user].amount;
        lifting.down(&mut users[user], room);
    }
    let unused: Vec<usize> = (0..users.len()).filter(|&user| users[user].share < 1e-6).collect();
    unused.iter().for_each(|&user| lifting.up(&mut users[user], room));
    finished(&users, f64::from(lifting.right), at)
}

/// The members of a cover that none can be left out of, and the other candidates.
fn minimal(users: &[User], part: &[usize], room: f64) -> Option<(Vec<usize>, Vec<usize>)> {
    let mut sum = 0.0;
    let mut members = Vec::new();
    for &user in part {
        members.push(user);
        sum += users[user].amount;
        if sum > room {
            break;
        }
    }
    if sum <= room {
        return None;
    }
    let mut kept = Vec::new();
    while let Some(user) = members.pop() {
        match sum - users[user].amount > room {
            true => sum -= users[user].amount,
            false => kept.push(user),
        }
    }
    let others = part.iter().copied().filter(|user| !kept.contains(user)).collect();
    Some((kept, others))
}

/// The least weight with which each value can be had of what has been lifted so far.
struct Lifting {
    least: Vec<f64>,
    right: u32,
    margin: f64,
}

impl Lifting {
    /// The greatest value that has room.
    fn most(&self, room: f64) -> Option<u32> {
        let fits = |least: &f64| *least <= room + self.margin;
        self.least.iter().rposition(fits).map(|value| value as u32)
    }

    fn add(&mut self, options: &[(f64, u32)]) {
        let greatest = options.iter().map(|option| option.1).max().unwrap_or(0) as usize;
        let before = self.least.clone();
        self.least.resize(before.len() + greatest, f64::INFINITY);
        for &(amount, value) in options {
            for (from, least) in before.iter().enumerate() {
                let to = from + value as usize;
                self.least[to] = self.least[to].min(least + amount);
            }
        }
        // A value can be had with what gives more.
        for value in (1..self.least.len()).rev() {
            self.least[value - 1] = self.least[value - 1].min(self.least[value]);
        }
    }

    fn up(&mut self, user: &mut User, room: f64) {
        let mut options = Vec::new();
        for (coefficient, &(_, amount)) in user.coefficients.iter_mut().zip(&user.choices) {
            *coefficient = match self.most(room - amount) {
                Some(value) => self.right.saturating_sub(value),
                None => self.right,
            };
            if *coefficient > 0 {
                options.push((amount, *coefficient));
            }
        }
        if !options.is_empty() {
            self.add(&options);
        }
    }

    fn down(&mut self, user: &mut User, room: f64) {
        let most = self.most(room).unwrap_or(0);
        let value = most.saturating_sub(self.right);
        if value > 0 {
            for (coefficient, choice) in user.coefficients.iter_mut().zip(&user.choices) {
                *coefficient = if choice.1 >= user.amount { value } else { 0 };
            }
            self.right += value;
            self.add(&[(user.amount, value)]);
        }
    }
}

fn finished(users: &[User], right: f64, at: &[f64]) -> Option<Cut> {
    let mut coefficients = Vec::new();
    let (mut left, mut squares) = (0.0, 0.0);
    for user in users {
        for (&coefficient, &(choice, _)) in user.coefficients.iter().zip(&user.choices) {
            if coefficient > 0 {
                let coefficient = f64::from(coefficient);
                coefficients.push((choice, coefficient));
                left += coefficient * at[choice as usize];
                squares += if at[choice as usize] > 0.0 { coefficient * coefficient } else { 0.0 };
            }
        }
    }
    let broken = (left - right) / f64::sqrt(squares.max(1.0));
    (left > right + 1e-4).then_some(Cut { coefficients, right, broken })
}

//! The power of each authority as a bloc: Banzhaf and Shapley-Shubik, visiting every coalition.

use coopgame::game::{Coalition, ExplicitGame};
use coopgame::power::SimpleGame;
use coopgame::values;
use penshaw_basis::Source;

use super::board::{Bloc, Board};
use super::{Input, Partner, Power, PowerOf, Standing};

/// The most authorities of which every coalition is visited.
pub(super) const MOST: usize = 20;
/// The most authorities of which every coalition is visited again with each of them in the chair.
const MOST_IN_THE_CHAIR: usize = 12;

/// The power indices of weighted votes.
pub(super) struct Indices {
    /// The winning coalitions that would lose without each.
    pub(super) swings: Vec<u64>,
    /// Each one's part of all swings.
    pub(super) banzhaf: Vec<f64>,
    /// The part of all orders of joining in which each is pivotal.
    pub(super) shapley_shubik: Vec<f64>,
}

/// The power indices of weighted votes under a quota; nothing for nobody or more than twenty.
///
/// A *swing* is a winning coalition (`Σ votes ≥ quota`) that would lose without that authority.
/// `β_i = swings of i / Σ swings`; `φ_i` is the part of all orders of joining in which `i` makes the coalition win.
/// Both add up to 1, unless no coalition can win, when all are zero.
///
/// Sources: Banzhaf (1965), "Weighted voting doesn't work", Rutgers Law Review 19, 317–343; Shapley and Shubik
/// (1954), "A method for evaluating the distribution of power in a committee system", American Political Science
/// Review 48, 787–792.
pub(super) fn indices(votes: &[u64], quota: u64) -> Option<Indices> {
    if votes.is_empty() || votes.len() > MOST {
        return None;
    }
    let wins = |coalition: Coalition| {
        let total = coalition.members().fold(0, |sum: u64, member| sum.saturating_add(votes[member]));
        f64::from(u8::from(total >= quota.max(1)))
    };
    let game = ExplicitGame::from_fn(votes.len(), wins).ok()?;
    let swings = SimpleGame::new(&game).ok()?.swings;
    let all: u64 = swings.iter().sum();
    let share = |own: &u64| if all == 0 { 0.0 } else { *own as f64 / all as f64 };
    let banzhaf = swings.iter().map(share).collect();
    Some(Indices { banzhaf, shapley_shubik: values::shapley(&game), swings })
}

/// The power in a scheme; nothing where nobody has a vote or more than twenty sit.
///
/// Where the lead is always in the chair, its second vote is part of its votes.
pub(super) fn power(board: &Board, input: &Input) -> Option<Power> {
    if board.votes() == 0 || board.blocs.len() > MOST {
        return None;
    }
    let game = Game::of(board);
    let indices = indices(&game.votes, game.quota)?;
    let blocs = board.blocs.iter().enumerate();
    Some(Power {
        votes: board.votes(),
        quota: board.quota(),
        chair_can_decide: game.chair_can_decide,
        authorities: blocs.map(|(place, bloc)| authority(board, input, bloc, place, &game, &indices)).collect(),
    })
}

/// The votes as they count: with the second vote of a chair that never changes.
struct Game {
    votes: Vec<u64>,
    quota: u64,
    chair_can_decide: bool,
    /// Whether the chair passes from one authority to another.
    chair_changes: bool,
}

impl Game {
    fn of(board: &Board) -> Self {
        let votes: Vec<u64> = board.blocs.iter().map(|bloc| bloc.votes).collect();
        let chair_can_decide = board.chair_can_decide();
        match board.blocs.iter().position(|bloc| board.always_in_the_chair(bloc)) {
            Some(place) if chair_can_decide => {
                let (votes, quota) = with_the_chair(&votes, place);
                Game { votes, quota, chair_can_decide, chair_changes: false }
            }
            _ => Game { votes, quota: board.quota(), chair_can_decide, chair_changes: chair_can_decide },
        }
    }

    fn votes_of_all(&self) -> u64 {
        self.votes.iter().fold(0, |sum: u64, own| sum.saturating_add(*own))
    }
}

fn authority(board: &Board, input: &Input, bloc: &Bloc, place: usize, game: &Game, indices: &Indices) -> PowerOf {
    let in_the_chair = game.chair_changes.then(|| in_the_chair(&game.votes, place)).flatten();
    PowerOf {
        authority: bloc.code.clone(),
        name: bloc.name.clone(),
        seats: bloc.seats,
        votes: bloc.votes,
        vote_share: bloc.votes as f64 / board.votes() as f64,
        contribution: bloc.contribution,
        population_share: part(board, input, bloc, |partner| partner.population),
        users_share: part(board, input, bloc, |partner| partner.users),
        swings: indices.swings[place],
        banzhaf: indices.banzhaf[place],
        shapley_shubik: indices.shapley_shubik[place],
        banzhaf_in_the_chair: in_the_chair,
        standing: standing(game, place, indices.swings[place], in_the_chair),
        sources: [vec![board.source()], bloc.sources.clone(), size_sources(input, bloc)].concat(),
    }
}

/// An authority's part of a size of all who sit; nothing where one of them is not recorded.
fn part(board: &Board, input: &Input, bloc: &Bloc, size: impl Fn(&Partner) -> Option<u64>) -> Option<f64> {
    let of = |code: &str| input.partner(code).and_then(&size);
    let sizes: Option<Vec<u64>> = board.blocs.iter().map(|bloc| of(&bloc.code)).collect();
    let all: f64 = sizes?.iter().map(|size| *size as f64).sum();
    (all > 0.0).then_some(of(&bloc.code)? as f64 / all)
}

fn size_sources(input: &Input, bloc: &Bloc) -> Vec<Source> {
    let stated = input.partner(&bloc.code).and_then(|partner| partner.source.as_ref());
    stated.map(|words| Source::publication(words, "")).into_iter().collect()
}

fn standing(game: &Game, place: usize, swings: u64, in_the_chair: Option<f64>) -> Standing {
    let (own, all) = (game.votes[place], game.votes_of_all());
    let others = all.saturating_sub(own);
    // With equal votes and one of the others in the chair, they carry it.
    let others_carry = others >= game.quota || (game.chair_changes && others == own);
    match (own >= game.quota, others_carry) {
        _ if swings == 0 => Standing::Dummy,
        (true, false) => Standing::Dictator,
        _ if in_the_chair == Some(1.0) => Standing::InTheChair,
        (_, false) => Standing::Veto,
        _ => Standing::Shares,
    }
}

/// The votes of the authorities in favour, by their places in a pattern.
pub(super) fn in_favour(pattern: u32, votes: &[u64]) -> u64 {
    let inside = votes.iter().enumerate().filter(|(place, _)| pattern >> place & 1 == 1);
    inside.fold(0, |sum: u64, (_, own)| sum.saturating_add(*own))
}

/// One authority's part of all swings while it presides.
fn in_the_chair(votes: &[u64], place: usize) -> Option<f64> {
    if votes.len() > MOST_IN_THE_CHAIR {
        return None;
    }
    let (votes, quota) = with_the_chair(votes, place);
    Some(indices(&votes, quota)?.banzhaf[place])
}

/// The votes with one authority in the chair, and their quota: all doubled, so that a second vote, which counts only
/// when the others are equal, is one.
fn with_the_chair(votes: &[u64], place: usize) -> (Vec<u64>, u64) {
    let mut doubled: Vec<u64> = votes.iter().map(|own| own.saturating_mul(2)).collect();
    doubled[place] = doubled[place].saturating_add(1);
    let all = doubled.iter().fold(0, |sum: u64, own| sum.saturating_add(*own));
    (doubled, all / 2 + 1)
}

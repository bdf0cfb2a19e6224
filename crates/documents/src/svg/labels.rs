//! Where names stand on a map: beside their place, apart from each other, off the lines where they can be.

/// A point of the picture.
pub type Point = (f64, f64);
/// A straight line from one point to another.
pub type Segment = (Point, Point);

/// The room between a name and whatever it must not touch.
const ROOM: f64 = 1.0;
/// What crossing one line costs, against a unit of distance.
const CROSSING: f64 = 26.0;
/// What covering a place that has no name costs.
const COVERING: f64 = 4.0;
/// What standing away from the place costs, so that a leader is needed.
const LEADER: f64 = 14.0;
/// The distances from a place's edge that are tried.
const DISTANCES: [f64; 7] = [2.0, 5.0, 11.0, 19.0, 29.0, 41.0, 55.0];

/// An upright rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Its left edge.
    pub left: f64,
    /// Its upper edge.
    pub top: f64,
    /// Its right edge.
    pub right: f64,
    /// Its lower edge.
    pub bottom: f64,
}

impl Area {
    /// A rectangle of a width and a height about a middle.
    pub fn about((x, y): Point, (wide, high): (f64, f64)) -> Self {
        Area { left: x - wide / 2.0, top: y - high / 2.0, right: x + wide / 2.0, bottom: y + high / 2.0 }
    }

    /// Its middle.
    pub fn middle(&self) -> Point {
        ((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0)
    }

    /// Its point that lies nearest to another.
    fn nearest(&self, (x, y): Point) -> Point {
        (x.min(self.right).max(self.left), y.min(self.bottom).max(self.top))
    }

    fn overlaps(&self, other: &Area) -> bool {
        let across = self.left < other.right + ROOM && other.left < self.right + ROOM;
        across && self.top < other.bottom + ROOM && other.top < self.bottom + ROOM
    }

    fn holds(&self, other: &Area) -> bool {
        self.left <= other.left && self.right >= other.right && self.top <= other.top && self.bottom >= other.bottom
    }

    /// How much of a segment lies within, as a share from 0 to 1 (Liang and Barsky's clipping).
    pub fn share_of(&self, (from, to): Segment) -> f64 {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
        let edges = [
            (-dx, from.0 - self.left),
            (dx, self.right - from.0),
            (-dy, from.1 - self.top),
            (dy, self.bottom - from.1),
        ];
        for (towards, room) in edges {
            if towards == 0.0 && room < 0.0 {
                return 0.0;
            }
            if towards < 0.0 {
                enters = enters.max(room / towards);
            } else if towards > 0.0 {
                leaves = leaves.min(room / towards);
            }
        }
        (leaves - enters).max(0.0)
    }
}

/// A name's place on the map.
#[derive(Clone, Copy, Debug)]
pub struct Placed {
    /// Where it stands.
    pub area: Area,
    /// The line that leads to it where it does not stand beside its place.
    pub leader: Option<Segment>,
    /// Whether something lies under it.
    pub over: bool,
}

/// What stands on the map already.
pub struct Crowd {
    within: Area,
    places: Vec<Area>,
    nameless: Vec<Area>,
    names: Vec<Area>,
    leaders: Vec<Segment>,
    lines: Vec<Vec<Segment>>,
}

impl Crowd {
    /// A map with its places and lines and no name yet.
    ///
    /// Names may cover those of the places that are nameless and many, where nothing else is free.
    pub fn new(within: Area, places: Vec<Area>, nameless: Vec<Area>, lines: &[Vec<Point>]) -> Self {
        let segments = |line: &Vec<Point>| line.windows(2).map(|ends| (ends[0], ends[1])).collect();
        let lines = lines.iter().map(segments).collect();
        Crowd { within, places, nameless, names: Vec::new(), leaders: Vec::new(), lines }
    }

    /// Puts a name beside a place, where it costs least; nothing where it fits nowhere.
    pub fn beside(&mut self, place: usize, size: (f64, f64)) -> Option<Placed> {
        let own = self.places[place];
        let mut best: Option<(f64, Placed)> = None;
        for candidate in candidates(&own, size) {
            if best.is_some_and(|(least, _)| candidate.price >= least) {
                continue;
            }
            let Some((cost, placed)) = self.judged(place, &candidate) else { continue };
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, placed));
            }
        }
        Some(self.taken(best?.1))
    }

    /// Puts a name on a line or close by; nothing where it would hide too much.
    pub fn along(&mut self, line: usize, size: (f64, f64)) -> Option<Placed> {
        let mut best: Option<(f64, Placed)> = None;
        for (area, price) in spots(&self.lines[line], size) {
            let free = self.free(&area, None);
            let hidden = self.hidden(line, &area);
            let crossed = self.crossed(&area) - usize::from(hidden > 0.0);
            if !free || hidden > 0.4 || crossed > 2 {
                continue;
            }
            let cost = price + CROSSING * crossed as f64;
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, Placed { area, leader: None, over: crossed > 0 || hidden > 0.0 }));
            }
        }
        Some(self.taken(best?.1))
    }

    fn taken(&mut self, placed: Placed) -> Placed {
        self.names.push(placed.area);
        self.leaders.extend(placed.leader);
        placed
    }

    fn judged(&self, place: usize, candidate: &Candidate) -> Option<(f64, Placed)> {
        if !self.free(&candidate.area, Some(place)) {
            return None;
        }
        let leader = candidate.leader;
        if leader.is_some_and(|leader| self.blocked(place, leader)) {
            return None;
        }
        let crossed = self.crossed(&candidate.area);
        let near = self.nearer(place, &candidate.area);
        let covered = self.nameless.iter().filter(|place| place.overlaps(&candidate.area)).count();
        let cost =
            candidate.price + CROSSING * crossed as f64 + COVERING * covered as f64 + if near { 10.0 } else { 0.0 };
        Some((cost, Placed { area: candidate.area, leader, over: crossed + covered > 0 }))
    }

    /// Whether an area lies in the picture and on no place, name or leader.
    fn free(&self, area: &Area, own: Option<usize>) -> bool {
        let others = self.places.iter().enumerate().filter(|(place, _)| Some(*place) != own);
        self.within.holds(area)
            && !self.names.iter().any(|name| name.overlaps(area))
            && !others.into_iter().any(|(_, place)| place.overlaps(area))
            && !self.leaders.iter().any(|leader| area.share_of(*leader) > 0.0)
    }

    /// Whether a leader would run over another place or a name.
    fn blocked(&self, own: usize, leader: Segment) -> bool {
        let mut others = self.places.iter().enumerate().filter(|(place, _)| *place != own).map(|(_, place)| place);
        others.any(|place| place.share_of(leader) > 0.0) || self.names.iter().any(|name| name.share_of(leader) > 0.0)
    }

    /// How many lines run under an area.
    fn crossed(&self, area: &Area) -> usize {
        let under = |line: &&Vec<Segment>| line.iter().any(|segment| area.share_of(*segment) > 0.0);
        self.lines.iter().filter(under).count()
    }

    /// Which share of a line an area would hide.
    fn hidden(&self, line: usize, area: &Area) -> f64 {
        let total: f64 = self.lines[line].iter().map(|segment| length(*segment)).sum();
        let under: f64 = self.lines[line].iter().map(|segment| length(*segment) * area.share_of(*segment)).sum();
        if total > 0.0 { under / total } else { 0.0 }
    }

    /// Whether another place lies as close to a name as its own.
    fn nearer(&self, own: usize, area: &Area) -> bool {
        let distance = |place: &Area| {
            let middle = place.middle();
            length((area.nearest(middle), middle))
        };
        let least = distance(&self.places[own]) + 2.0;
        self.places.iter().enumerate().any(|(place, other)| place != own && distance(other) < least)
    }
}

struct Candidate {
    area: Area,
    leader: Option<Segment>,
    price: f64,
}

/// Where a name may stand about a place, with what each spot costs.
fn candidates(own: &Area, (wide, high): (f64, f64)) -> Vec<Candidate> {
    let (x, y) = own.middle();
    let edge = (own.right - own.left) / 2.0;
    let mut candidates = Vec::new();
    for distance in DISTANCES {
        for direction in 0..16 {
            let angle = std::f64::consts::TAU * f64::from(direction) / 16.0;
            let (across, down) = (libm::cos(angle), libm::sin(angle));
            let side = |part: f64| if part.abs() < 0.2 { 0.0 } else { part.signum() };
            let reach = edge + distance;
            let middle = (x + across * reach + side(across) * wide / 2.0, y + down * reach + side(down) * high / 2.0);
            let area = Area::about(middle, (wide, high));
            let end = area.nearest((x, y));
            let far = distance > 6.0;
            let start = (x + across * edge, y + down * edge);
            let price = distance + preference(direction) + if far { LEADER } else { 0.0 };
            candidates.push(Candidate { area, leader: far.then_some((start, end)), price });
        }
    }
    candidates
}

/// A name reads best to the right of its place, then to the left, then above and under it.
fn preference(direction: i32) -> f64 {
    match direction {
        0 => 0.0,
        8 => 2.0,
        1 | 15 => 3.0,
        4 | 12 => 3.5,
        7 | 9 => 4.0,
        _ => 5.0,
    }
}

/// Where a name may stand on a line or beside it, with what each spot costs.
fn spots(line: &[Segment], size: (f64, f64)) -> Vec<(Area, f64)> {
    let shares = [(0.5, 0.0), (0.4, 3.0), (0.6, 3.0), (0.3, 6.0), (0.7, 6.0), (0.2, 10.0), (0.8, 10.0)];
    let mut spots = Vec::new();
    for (share, price) in shares {
        let Some((x, y)) = point_at(line, share) else { continue };
        let beside = [(0.0, 0.0, 0.0), (0.0, -1.0, 8.0), (0.0, 1.0, 9.0), (1.0, 0.0, 8.0), (-1.0, 0.0, 9.0)];
        for (across, down, dearer) in beside {
            let middle = (x + across * (size.0 / 2.0 + 5.0), y + down * (size.1 / 2.0 + 2.5));
            spots.push((Area::about(middle, size), price + dearer));
        }
    }
    spots
}

/// The point at a share of a line's length.
fn point_at(line: &[Segment], share: f64) -> Option<Point> {
    let mut rest = line.iter().map(|segment| length(*segment)).sum::<f64>() * share;
    for (from, to) in line {
        let long = length((*from, *to));
        if rest <= long && long > 0.0 {
            return Some((from.0 + (to.0 - from.0) * rest / long, from.1 + (to.1 - from.1) * rest / long));
        }
        rest -= long;
    }
    None
}

/// How long a segment is.
pub fn length((from, to): Segment) -> f64 {
    libm::hypot(to.0 - from.0, to.1 - from.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_lies_within_an_area_by_its_share() {
        let area = Area::about((10.0, 10.0), (10.0, 10.0));
        assert_eq!(area.share_of(((0.0, 10.0), (20.0, 10.0))), 0.5);
        assert_eq!(area.share_of(((0.0, 0.0), (20.0, 0.0))), 0.0);
        assert_eq!(area.share_of(((10.0, 10.0), (10.0, 30.0))), 0.25);
    }

    #[test]
    fn a_name_moves_off_a_line_and_away_from_a_name_that_is_there() {
        let within = Area::about((100.0, 100.0), (200.0, 200.0));
        let places = vec![Area::about((100.0, 100.0), (10.0, 10.0))];
        let line = vec![(100.0, 100.0), (200.0, 100.0)];
        let mut crowd = Crowd::new(within, places, Vec::new(), &[line]);
        let first = crowd.beside(0, (40.0, 10.0)).expect("there is room");
        assert!(!first.over && first.leader.is_none(), "{first:?}");
        let second = crowd.beside(0, (40.0, 10.0)).expect("there is room");
        assert!(!first.area.overlaps(&second.area));
    }

    #[test]
    fn a_name_wider_than_the_map_is_not_placed() {
        let within = Area::about((50.0, 50.0), (100.0, 100.0));
        let mut crowd = Crowd::new(within, vec![Area::about((50.0, 50.0), (10.0, 10.0))], Vec::new(), &[]);
        assert!(crowd.beside(0, (120.0, 10.0)).is_none());
    }
}

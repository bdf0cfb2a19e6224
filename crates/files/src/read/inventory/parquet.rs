//! A Parquet file, its row groups dealt to threads, each column read by itself in batches.

use std::fs::File;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::ColumnDescriptor;

use super::counting::{Codes, NO_DAY, Shared, Worker};
use super::names::{Coder, NOTHING, NoCode};
use super::seen::Seen;
use super::{Holds, Inventory, Taker, Wanted, inventory_of, not_opened, wanted_columns};
use crate::read::written::Wrong;

/// How many rows are read at once: their codes stay in the processor's cache.
const ROWS: usize = 1 << 14;

pub(super) fn read(path: &Path, wanted: &Wanted, taker: &dyn Taker) -> Result<Inventory, Wrong> {
    let file = opened(path)?;
    let schema = file.metadata().file_metadata().schema_descr();
    let headings: Vec<String> = schema.columns().iter().map(|column| column.path().string()).collect();
    let columns = wanted_columns(&headings, wanted)?;
    let held: Vec<Held> = Holds::ALL
        .into_iter()
        .zip(columns)
        .filter_map(|(holds, column)| Some(Held::of(holds, column?, &schema.column(column?))))
        .collect::<Result<_, Wrong>>()?;
    let shared = Shared::new(wanted, columns[Holds::Authority as usize].is_some())?;
    let firsts = first_rows(&file);
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(firsts.len().max(1));
    let seen: Result<Vec<Seen>, Wrong> = std::thread::scope(|scope| {
        let work = || {
            let done = groups(path, &held, Worker::new(&shared, taker), &firsts, &next, &stop);
            stop.fetch_or(done.is_err(), Ordering::Relaxed);
            done
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let done = workers
            .into_iter()
            .map(|worker| worker.join().unwrap_or_else(|_| Err(damaged("its data contradict themselves"))));
        done.collect()
    });
    Ok(inventory_of(shared, seen?, columns, &headings))
}

/// Each thread opens the file for itself, so that none moves another's place in it.
fn opened(path: &Path) -> Result<SerializedFileReader<File>, Wrong> {
    let file = File::open(path).map_err(|error| not_opened(&error))?;
    SerializedFileReader::new(file).map_err(|error| damaged(&told(&error)))
}

fn damaged(why: &str) -> Wrong {
    Wrong::new(
        format!("it is no whole Parquet file: {why}"),
        "export it or copy it again; a copy that broke off lacks its end",
    )
}

/// The reader's words without its own prefix.
fn told(error: &ParquetError) -> String {
    let words = error.to_string();
    words.split_once(": ").map_or(words.clone(), |(_, why)| why.to_owned())
}

/// The row before the first of each row group.
fn first_rows(file: &SerializedFileReader<File>) -> Vec<u64> {
    let sizes = file.metadata().row_groups().iter().map(|group| u64::try_from(group.num_rows()).unwrap_or(0));
    sizes.scan(0, |end, rows| Some(std::mem::replace(end, *end + rows))).collect()
}

/// A column that is read.
#[derive(Clone, Copy, Debug)]
struct Held {
    holds: Holds,
    column: usize,
    /// A value is there where its level is this.
    present: i16,
    /// Whether whole numbers have no sign.
    unsigned: bool,
    /// How many of its units make a day, where it counts time.
    day: i64,
}

impl Held {
    fn of(holds: Holds, column: usize, described: &ColumnDescriptor) -> Result<Self, Wrong> {
        let name = described.path().string();
        if described.max_rep_level() > 0 {
            let what = format!("the column {name} holds lists");
            return Err(Wrong::new(what, "give each row one device and one product"));
        }
        if matches!(described.physical_type(), Type::BOOLEAN | Type::INT96) {
            let what = format!("the column {name} holds {}", described.physical_type());
            return Err(Wrong::new(what, "export it as text or as whole numbers; times as TIMESTAMP"));
        }
        let unsigned = match described.logical_type_ref() {
            Some(LogicalType::Integer(integer)) => !integer.is_signed,
            _ => matches!(described.converted_type(), ConvertedType::UINT_32 | ConvertedType::UINT_64),
        };
        Ok(Held { holds, column, present: described.max_def_level(), unsigned, day: units_a_day(described) })
    }
}

fn units_a_day(described: &ColumnDescriptor) -> i64 {
    const SECONDS: i64 = 86_400;
    match (described.logical_type_ref(), described.converted_type()) {
        (Some(LogicalType::Timestamp(time)), _) => match time.unit {
            TimeUnit::MILLIS => SECONDS * 1_000,
            TimeUnit::MICROS => SECONDS * 1_000_000,
            TimeUnit::NANOS => SECONDS * 1_000_000_000,
        },
        (_, ConvertedType::TIMESTAMP_MILLIS) => SECONDS * 1_000,
        (_, ConvertedType::TIMESTAMP_MICROS) => SECONDS * 1_000_000,
        _ => 1,
    }
}

/// Counts row groups until none is left.
fn groups(
    path: &Path,
    held: &[Held],
    mut worker: Worker<'_>,
    firsts: &[u64],
    next: &AtomicUsize,
    stop: &AtomicBool,
) -> Result<Seen, Wrong> {
    let file = opened(path)?;
    let mut buffers = Buffers::default();
    let mut codes = Codes::default();
    while !stop.load(Ordering::Relaxed) {
        let group = next.fetch_add(1, Ordering::Relaxed);
        let Some(first) = firsts.get(group) else { break };
        let unread = |error: ParquetError| damaged(&told(&error));
        let reader = file.get_row_group(group).map_err(unread)?;
        let rows = usize::try_from(reader.metadata().num_rows()).unwrap_or(0);
        let columns = held.iter().map(|held| Ok((*held, reader.get_column_reader(held.column)?)));
        let mut columns: Vec<(Held, ColumnReader)> = columns.collect::<Result<_, _>>().map_err(unread)?;
        let mut done = 0;
        while done < rows {
            codes.clear();
            let wanted = ROWS.min(rows - done);
            for (held, column) in &mut columns {
                let found = batch(*held, column, wanted, &mut worker, &mut buffers, &mut codes)?;
                if found != wanted {
                    return Err(damaged(&format!("row group {} has fewer rows than it says", group + 1)));
                }
            }
            worker.count(&codes, |place| first + (done + place) as u64 + 1)?;
            done += wanted;
        }
    }
    worker.finish()
}

/// What is read before it has codes.
#[derive(Default)]
struct Buffers {
    levels: Vec<i16>,
    narrow: Vec<i32>,
    wide: Vec<i64>,
    texts: Vec<parquet::data_type::ByteArray>,
    fixed: Vec<parquet::data_type::FixedLenByteArray>,
    floats: Vec<f32>,
    doubles: Vec<f64>,
}

/// Reads so many rows of one column and gives them codes; how many there were.
fn batch(
    held: Held,
    column: &mut ColumnReader,
    wanted: usize,
    worker: &mut Worker<'_>,
    buffers: &mut Buffers,
    codes: &mut Codes,
) -> Result<usize, Wrong> {
    let Buffers { levels, narrow, wide, texts, fixed, floats, doubles } = buffers;
    let into = (held, &mut *worker, &mut *codes);
    match column {
        ColumnReader::Int32ColumnReader(column) => {
            let whole = |value: &i32| if held.unsigned { i64::from(*value as u32) } else { i64::from(*value) };
            let rows = fill(column, wanted, levels, narrow)?;
            coded(into, levels, narrow, |coder, value| coder.whole(whole(value)), whole)?;
            Ok(rows)
        }
        ColumnReader::Int64ColumnReader(column) => {
            let rows = fill(column, wanted, levels, wide)?;
            let code = |coder: &mut dyn Coder, value: &i64| match held.unsigned && *value < 0 {
                true => coder.text((*value as u64).to_string().as_bytes()),
                false => coder.whole(*value),
            };
            coded(into, levels, wide, code, |value| *value)?;
            Ok(rows)
        }
        ColumnReader::ByteArrayColumnReader(column) => {
            let rows = fill(column, wanted, levels, texts)?;
            if held.holds == Holds::LastUsed {
                let mut texts = texts.iter();
                expanded(levels, held.present, rows, &mut codes.last_used, NO_DAY, || {
                    texts.next().map_or(NO_DAY, |text| worker.day(text.data().trim_ascii()))
                });
                return Ok(rows);
            }
            coded(into, levels, texts, |coder, text| coder.text(text.data().trim_ascii()), |_| NOT_A_TIME)?;
            Ok(rows)
        }
        ColumnReader::FixedLenByteArrayColumnReader(column) => {
            let rows = fill(column, wanted, levels, fixed)?;
            let code = |coder: &mut dyn Coder, value: &parquet::data_type::FixedLenByteArray| {
                let hexadecimal: String = value.data().iter().map(|byte| format!("{byte:02x}")).collect();
                coder.text(hexadecimal.as_bytes())
            };
            coded(into, levels, fixed, code, |_| NOT_A_TIME)?;
            Ok(rows)
        }
        ColumnReader::FloatColumnReader(column) => {
            let rows = fill(column, wanted, levels, floats)?;
            coded(into, levels, floats, |coder, value| number(coder, f64::from(*value)), |_| NOT_A_TIME)?;
            Ok(rows)
        }
        ColumnReader::DoubleColumnReader(column) => {
            let rows = fill(column, wanted, levels, doubles)?;
            coded(into, levels, doubles, |coder, value| number(coder, *value), |_| NOT_A_TIME)?;
            Ok(rows)
        }
        ColumnReader::BoolColumnReader(_) | ColumnReader::Int96ColumnReader(_) => Ok(0),
    }
}

/// What no column of time holds.
const NOT_A_TIME: i64 = i64::MIN;

fn fill<T: DataType>(
    column: &mut ColumnReaderImpl<T>,
    wanted: usize,
    levels: &mut Vec<i16>,
    values: &mut Vec<T::T>,
) -> Result<usize, Wrong> {
    levels.clear();
    values.clear();
    let (rows, ..) = column.read_records(wanted, Some(levels), None, values).map_err(|error| damaged(&told(&error)))?;
    Ok(rows)
}

/// Gives codes, or days, to values, and puts nothing where a row has none.
fn coded<T>(
    (held, worker, codes): (Held, &mut Worker<'_>, &mut Codes),
    levels: &[i16],
    values: &[T],
    code: impl Fn(&mut dyn Coder, &T) -> Result<u32, NoCode>,
    time: impl Fn(&T) -> i64,
) -> Result<(), Wrong> {
    let rows = if levels.is_empty() { values.len() } else { levels.len() };
    if held.holds == Holds::LastUsed {
        let mut values = values.iter();
        expanded(levels, held.present, rows, &mut codes.last_used, NO_DAY, || {
            let time = values.next().map_or(NOT_A_TIME, &time);
            i32::try_from(time.div_euclid(held.day)).unwrap_or(NO_DAY)
        });
        return Ok(());
    }
    worker.coded(held.holds, codes, |coder, found| {
        let mut refused = None;
        let mut values = values.iter();
        expanded(levels, held.present, rows, found, NOTHING, || {
            let code = values.next().map_or(Ok(NOTHING), |value| code(coder, value));
            code.unwrap_or_else(|why| {
                refused = Some(why);
                NOTHING
            })
        });
        refused.map_or(Ok(()), Err)
    })
}

/// Puts the next value where a row has one.
fn expanded<C: Copy>(
    levels: &[i16],
    present: i16,
    rows: usize,
    into: &mut Vec<C>,
    nothing: C,
    mut next: impl FnMut() -> C,
) {
    match levels.is_empty() {
        true => into.extend((0..rows).map(|_| next())),
        false => into.extend(levels.iter().map(|level| if *level == present { next() } else { nothing })),
    }
}

/// A number with a point: a whole one as such, what is no number as nothing.
fn number(coder: &mut dyn Coder, number: f64) -> Result<u32, NoCode> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match number {
        number if !number.is_finite() => Ok(NOTHING),
        number if number.trunc() == number && number.abs() <= EXACT => coder.whole(number as i64),
        number => coder.text(number.to_string().as_bytes()),
    }
}

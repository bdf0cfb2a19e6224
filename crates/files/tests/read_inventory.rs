//! Raw inventories: what counts, what is set aside, and what is no inventory, as CSV and as Parquet.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use parquet::basic::{ConvertedType, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{PrimitiveTypeBuilder, Type};
use penshaw_files::read::{Hand, Inventory, Keys, MEMBER_BITS, Reason, Taker, Wanted, inventory};
use penshaw_register::Finding;
use proptest::prelude::*;

#[derive(Default)]
struct Sets(Mutex<(BTreeSet<u64>, BTreeSet<u64>)>);

struct OneHand<'a>(&'a Sets);

impl Taker for Sets {
    fn hand(&self) -> Box<dyn Hand + '_> {
        Box::new(OneHand(self))
    }
}

impl Hand for OneHand<'_> {
    fn take(&mut self, keys: Keys<'_>) -> io::Result<()> {
        let mut sets = self.0.0.lock().unwrap();
        sets.0.extend(keys.devices);
        sets.1.extend(keys.users);
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        Ok(())
    }
}

/// Devices and users by authority, product and version.
type Counts = BTreeMap<(String, String, String), (usize, usize)>;

fn all() -> Wanted {
    Wanted { authority: None, versions: false, used_since: None, names: 1 << 24 }
}

fn read(name: &str, bytes: &[u8], wanted: &Wanted) -> Result<(Inventory, Counts), Vec<Finding>> {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let sets = Sets::default();
    let inventory = inventory(&path, wanted, &sets)?;
    let (devices, users) = sets.0.into_inner().unwrap();
    let mut counts = Counts::new();
    let group = |key: u64| {
        let (authority, item) = inventory.of_group(key >> MEMBER_BITS);
        (authority.to_owned(), item.product.clone(), item.version.clone().unwrap_or_default())
    };
    devices.iter().for_each(|key| counts.entry(group(*key)).or_default().0 += 1);
    users.iter().for_each(|key| counts.entry(group(*key)).or_default().1 += 1);
    Ok((inventory, counts))
}

fn csv(text: &str) -> (Inventory, Counts) {
    read("raw.csv", text.as_bytes(), &all()).unwrap()
}

fn counted(counts: &Counts, authority: &str, product: &str) -> (usize, usize) {
    counts.get(&(authority.to_owned(), product.to_owned(), String::new())).copied().unwrap_or_default()
}

fn refused(name: &str, bytes: &[u8]) -> String {
    let findings = read(name, bytes, &all()).unwrap_err();
    assert_eq!(findings.len(), 1, "{findings:?}");
    findings[0].to_string()
}

#[test]
fn devices_and_users_of_each_product_count_once() {
    let (inventory, counts) =
        csv("Computer_Name;Software Name;User\nPC1;Office;ann\nPC1;Office;bob\n pc2 ;\"Office\";ann\n\nPC1;Maps;\n");
    assert_eq!((inventory.read, inventory.used), (4, 4));
    assert_eq!((counted(&counts, "", "Office"), counted(&counts, "", "Maps")), ((2, 2), (1, 0)));
}

#[test]
fn ten_thousand_equal_rows_are_one_device() {
    let (inventory, counts) = csv(&format!("device,product\n{}", "7,Office\n".repeat(10_000)));
    assert_eq!((inventory.used, counted(&counts, "", "Office").0), (10_000, 1));
}

#[test]
fn rows_that_do_not_count_are_told_with_their_lines() {
    let text = "device,product,authority\nPC1,Office,SCC\n,Office,SCC\n\nPC2,,SCC\nPC3,Office,\nPC4,Office,SCC,more\nPC5,Office,SCC,\n";
    let (inventory, counts) = csv(text);
    let told: Vec<(Reason, u64, Vec<u64>)> =
        inventory.set_aside.iter().map(|aside| (aside.reason, aside.rows, aside.first.clone())).collect();
    assert_eq!(
        told,
        [
            (Reason::TooManyValues, 1, vec![7]),
            (Reason::NoDevice, 1, vec![3]),
            (Reason::NoProduct, 1, vec![5]),
            (Reason::NoAuthority, 1, vec![6]),
        ]
    );
    assert_eq!((inventory.read, inventory.used, counted(&counts, "SCC", "Office").0), (6, 2, 2));
}

#[test]
fn versions_authorities_and_days_of_last_use_are_asked_for() {
    let text = "device,product,version,owner,last used\n1,Office,2016,SCC,2026-01-05\n1,Office,2013,SCC,05/01/2020\n2,Office,,SCC,\n3,Office,2016,DCC,2026-01-05\n";
    let wanted = Wanted {
        authority: Some("SCC".into()),
        versions: true,
        used_since: Some(penshaw_basis::Date::constant(2025, 1, 1)),
        ..all()
    };
    let (inventory, counts) = read("raw.csv", text.as_bytes(), &wanted).unwrap();
    assert_eq!((inventory.of_others, inventory.undated, inventory.set_aside[0].reason), (1, 1, Reason::NotUsedSince));
    let of = |version: &str| counts.get(&("SCC".into(), "Office".into(), version.into())).map(|count| count.0);
    assert_eq!((of("2016"), of("2013"), of(""), counts.len()), (Some(1), None, Some(1), 2));
}

#[test]
fn the_publisher_is_the_one_that_most_rows_name_and_cores_are_the_devices_own() {
    let (inventory, _) = csv("device,product,publisher,cores\n1,Office,B,4\n2,Office,A,8\n3,Office,A,\n1,Maps,C,6\n");
    let publisher =
        |product: &str| inventory.items.iter().find(|item| item.product == product).unwrap().publisher.clone();
    assert_eq!((publisher("Office").as_deref(), publisher("Maps").as_deref()), (Some("A"), Some("C")));
    assert_eq!([1, 2, 3].map(|device| inventory.cores_of(device)), [6, 8, 0]);
}

#[test]
fn every_encoding_of_a_spreadsheet_is_read() {
    let text = "device,product\n1,Überblick\n2,数据库\n";
    let utf_16 = |order: fn(u16) -> [u8; 2], mark: [u8; 2]| -> Vec<u8> {
        mark.into_iter().chain(text.encode_utf16().flat_map(order)).collect()
    };
    for bytes in [
        text.as_bytes().to_vec(),
        [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat(),
        utf_16(u16::to_le_bytes, [0xFF, 0xFE]),
        utf_16(u16::to_be_bytes, [0xFE, 0xFF]),
    ] {
        let (_, counts) = read("raw.csv", &bytes, &all()).unwrap();
        assert_eq!((counted(&counts, "", "Überblick").0, counted(&counts, "", "数据库").0), (1, 1));
    }
    let (_, counts) = read("raw.csv", b"sep=;\r\ndevice;product\r\n1;\xDCberblick\r\n", &all()).unwrap();
    assert_eq!(counted(&counts, "", "Überblick").0, 1);
}

#[test]
fn what_is_no_inventory_is_told() {
    let told = refused("raw.csv", b"Computer,Price\n1,2\n");
    assert!(told.contains("there is no column \"product\"; the headings are: Computer, Price"), "{told}");
    assert!(refused("raw.csv", b"").contains("the file is empty"));
    assert!(refused("raw.parquet", b"PK\x03\x04").contains("not CSV or Parquet"));
    assert!(refused("raw.parquet", b"PAR1 and then nothing").contains("no whole Parquet file"));
    let folder = tempfile::tempdir().unwrap();
    let lacking = inventory(&folder.path().join("none.csv"), &all(), &Sets::default()).unwrap_err();
    assert!(lacking[0].to_string().contains("it cannot be read"));
}

#[test]
fn more_names_than_the_memory_allows_are_refused() {
    let rows: String = (0..20_000).map(|number| format!("PC-{number},Office\n")).collect();
    let text = format!("device,product\n{rows}");
    let findings = read("raw.csv", text.as_bytes(), &Wanted { names: 1 << 16, ..all() }).unwrap_err();
    assert!(findings[0].to_string().contains("do not fit into the memory allowed"), "{findings:?}");
}

#[test]
fn a_file_of_many_blocks_counts_as_one() {
    let mut text = String::from("device,product,version\n");
    for number in 0..300_000_u32 {
        let device = number.wrapping_mul(2_654_435_761) % 5_000;
        match number % 5 {
            0 => text.push_str(&format!("PC{device},\"Two\nlines, {}\",1\n", number % 3)),
            1 => text.push_str(&format!("PC{device},24\" screen,\"a \"\"b\"\"\"\n")),
            _ => text.push_str(&format!("PC{device},Product {},1.{}\r\n", number % 7, number % 3)),
        }
    }
    let mut expected: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut reader = csv_reader(&text);
    for record in reader.records() {
        let record = record.unwrap();
        expected.entry(record[1].to_owned()).or_default().insert(record[0].to_owned());
    }
    let (inventory, counts) = csv(&text);
    assert_eq!((inventory.read, inventory.used), (300_000, 300_000));
    let found: BTreeMap<String, usize> =
        counts.into_iter().map(|((_, product, _), (devices, _))| (product, devices)).collect();
    assert_eq!(found, expected.into_iter().map(|(product, devices)| (product, devices.len())).collect());
}

fn csv_reader(text: &str) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().from_reader(text.as_bytes())
}

fn column(name: &str, physical: Physical, repetition: Repetition) -> PrimitiveTypeBuilder<'_> {
    Type::primitive_type_builder(name, physical).with_repetition(repetition)
}

/// A device, a product, an authority and a moment of last use.
type Used<'a> = (Option<i64>, Option<&'a str>, i32, i64);

/// A Parquet file of devices, products, authorities and moments of last use, in groups of three rows.
fn parquet_file(rows: &[Used<'_>]) -> Vec<u8> {
    let day = LogicalType::timestamp(true, TimeUnit::MICROS);
    let fields = vec![
        column("device", Physical::INT64, Repetition::OPTIONAL).build().unwrap(),
        column("product", Physical::BYTE_ARRAY, Repetition::OPTIONAL)
            .with_converted_type(ConvertedType::UTF8)
            .build()
            .unwrap(),
        column("authority", Physical::INT32, Repetition::REQUIRED).build().unwrap(),
        column("last_used", Physical::INT64, Repetition::REQUIRED).with_logical_type(Some(day)).build().unwrap(),
    ];
    let schema =
        Type::group_type_builder("rows").with_fields(fields.into_iter().map(Arc::new).collect()).build().unwrap();
    let mut bytes = Vec::new();
    let mut writer =
        SerializedFileWriter::new(&mut bytes, Arc::new(schema), Arc::new(WriterProperties::builder().build())).unwrap();
    for rows in rows.chunks(3) {
        let mut group = writer.next_row_group().unwrap();
        let levels =
            |there: &dyn Fn(&Used<'_>) -> bool| -> Vec<i16> { rows.iter().map(|row| i16::from(there(row))).collect() };
        let mut column = group.next_column().unwrap().unwrap();
        let devices: Vec<i64> = rows.iter().filter_map(|row| row.0).collect();
        column.typed::<Int64Type>().write_batch(&devices, Some(&levels(&|row| row.0.is_some())), None).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        let products: Vec<ByteArray> = rows.iter().filter_map(|row| row.1).map(ByteArray::from).collect();
        column.typed::<ByteArrayType>().write_batch(&products, Some(&levels(&|row| row.1.is_some())), None).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<Int32Type>().write_batch(&rows.iter().map(|row| row.2).collect::<Vec<_>>(), None, None).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<Int64Type>().write_batch(&rows.iter().map(|row| row.3).collect::<Vec<_>>(), None, None).unwrap();
        column.close().unwrap();
        group.close().unwrap();
    }
    writer.close().unwrap();
    bytes
}

/// A moment on a day after 1970, in microseconds.
const fn moment(days: i64) -> i64 {
    days * 86_400_000_000 + 3_600_000_000
}

fn sample() -> Vec<u8> {
    parquet_file(&[
        (Some(1), Some("Office"), 5, moment(20_000)),
        (Some(2), Some("Office"), 5, moment(20_000)),
        (None, Some("Office"), 5, moment(20_000)),
        (Some(1), Some("Office"), 5, moment(20_000)),
        (Some(-9_000_000_000), Some(" Maps "), 6, moment(20_000)),
        (Some(3), None, 6, moment(20_000)),
        (Some(4), Some("Maps"), 6, moment(10_000)),
    ])
}

#[test]
fn parquet_counts_numbers_texts_and_what_is_missing() {
    let (inventory, counts) = read("raw.parquet", &sample(), &all()).unwrap();
    assert_eq!((inventory.read, inventory.used), (7, 5));
    assert_eq!((counted(&counts, "5", "Office").0, counted(&counts, "6", "Maps").0), (2, 2));
    let told: Vec<(Reason, Vec<u64>)> =
        inventory.set_aside.iter().map(|aside| (aside.reason, aside.first.clone())).collect();
    assert_eq!(told, [(Reason::NoDevice, vec![3]), (Reason::NoProduct, vec![6])]);
    let since = Wanted { used_since: Some(penshaw_basis::Date::constant(2020, 1, 1)), ..all() };
    let (inventory, counts) = read("raw.parquet", &sample(), &since).unwrap();
    assert_eq!((inventory.used, counted(&counts, "6", "Maps").0), (4, 1));
}

#[test]
fn a_parquet_file_that_breaks_off_anywhere_is_refused() {
    let whole = sample();
    for length in 0..whole.len() {
        assert!(read("raw.parquet", &whole[..length], &all()).is_err(), "{length} of {}", whole.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn damaged_parquet_is_read_or_refused(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = sample();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = read("raw.parquet", &bytes, &all());
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(device,product,version\n)?([a-z0-9,;\"\n\r ']{0,200})") {
        let _ = read("raw.csv", text.as_bytes(), &all());
    }
}

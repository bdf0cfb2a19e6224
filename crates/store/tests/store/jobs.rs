//! Work in the background: taken by one server, taken over from one that died, stopped when somebody asks.

use std::collections::BTreeSet;

use penshaw_store::jobs::{self, Job, State, Task};
use penshaw_store::{Store, StoreError};

use crate::common::{Fresh, at, both};

both! {
    servers_at_once_never_take_the_same_job,
    a_job_whose_server_died_is_taken_over_and_the_dead_one_is_told_to_stop,
    a_job_that_waits_is_cancelled_at_once_and_one_that_runs_is_told,
    a_job_is_ended_by_the_server_that_has_it,
    a_persons_jobs_are_listed,
}

fn job(id: &str, second: i64) -> Job {
    Job {
        id: id.into(),
        task: Task::ReadImport { import: "i1".into() },
        body: "SCC".into(),
        asked_by: "Anna".into(),
        person: Some("p1".into()),
        state: State::Waiting,
        stage: String::new(),
        done: 0,
        cancel: false,
        attempts: 0,
        taken_by: None,
        result: None,
        error: None,
        asked_at: at(second),
        ended_at: None,
    }
}

async fn add(store: &Store, count: i64) {
    let changes = store.change().await.expect("changes");
    for number in 0..count {
        jobs::add(&changes, &job(&format!("j{number:02}"), number)).await.expect("added");
    }
    changes.keep().await.expect("kept");
}

async fn take(store: &Store, server: &str, now: i64) -> Option<Job> {
    jobs::take(store, server, at(now), at(now + 30)).await.expect("taken")
}

async fn servers_at_once_never_take_the_same_job(fresh: Fresh) {
    add(&fresh.store, 40).await;
    let server = |name: String, address: String| {
        tokio::spawn(async move {
            let store = Store::open(&address).await.expect("opened");
            let mut taken = Vec::new();
            while let Some(job) = take(&store, &name, 100).await {
                assert_eq!(
                    (job.attempts, job.taken_by.as_deref(), job.state),
                    (1, Some(name.as_str()), State::Running)
                );
                taken.push(job.id);
            }
            taken
        })
    };
    let servers: Vec<_> = (0..4).map(|number| server(format!("server {number}"), fresh.address.clone())).collect();
    let mut taken = Vec::new();
    for server in servers {
        taken.extend(server.await.expect("a server"));
    }
    let once: BTreeSet<_> = taken.iter().collect();
    assert_eq!((once.len(), taken.len()), (40, 40));
}

async fn a_job_whose_server_died_is_taken_over_and_the_dead_one_is_told_to_stop(fresh: Fresh) {
    let store = &fresh.store;
    add(store, 1).await;
    let first = take(store, "one", 0).await.expect("a job");
    assert!(jobs::progress(store, &first, "reading", 10, at(40)).await.expect("told"));
    assert!(take(store, "two", 39).await.is_none());
    let second = take(store, "two", 41).await.expect("taken over");
    assert_eq!((second.attempts, second.stage.as_str(), second.done), (2, "reading", 10));
    assert!(!jobs::progress(store, &first, "reading", 20, at(99)).await.expect("told"));
    assert!(jobs::progress(store, &second, "reading", 30, at(99)).await.expect("told"));
    let changes = store.change().await.expect("changes");
    assert!(!jobs::is_ours(&changes, &first).await.expect("told"));
    assert!(jobs::is_ours(&changes, &second).await.expect("told"));
    jobs::end(&changes, &first, State::Failed, None, Some("late".into()), at(50)).await.expect("ignored");
    jobs::end(&changes, &second, State::Done, Some("/imports/i1".into()), None, at(50)).await.expect("ended");
    changes.keep().await.expect("kept");
    let ended = jobs::find(store, "j00").await.expect("read").expect("there");
    assert_eq!((ended.state, ended.done, ended.error, ended.ended_at), (State::Done, 100, None, Some(at(50))));
    assert!(take(store, "three", 1_000).await.is_none());
}

async fn a_job_that_waits_is_cancelled_at_once_and_one_that_runs_is_told(fresh: Fresh) {
    let store = &fresh.store;
    add(store, 2).await;
    let running = take(store, "one", 0).await.expect("a job");
    assert_eq!(jobs::waiting(store).await.expect("counted"), 2);
    let changes = store.change().await.expect("changes");
    for id in ["j00", "j01"] {
        jobs::cancel(&changes, id, at(1)).await.expect("cancelled");
    }
    changes.keep().await.expect("kept");
    let state = async |id| jobs::find(store, id).await.expect("read").expect("there").state;
    assert_eq!((state("j00").await, state("j01").await), (State::Running, State::Cancelled));
    assert!(!jobs::progress(store, &running, "reading", 50, at(60)).await.expect("told"));
    let changes = store.change().await.expect("changes");
    assert!(!jobs::is_ours(&changes, &running).await.expect("told"));
    jobs::end(&changes, &running, State::Cancelled, None, None, at(2)).await.expect("ended");
    changes.keep().await.expect("kept");
    assert_eq!((state("j00").await, jobs::waiting(store).await.expect("counted")), (State::Cancelled, 0));
}

/// Between "is it ours" and the end of the changes nobody takes the job over.
async fn a_job_is_ended_by_the_server_that_has_it(fresh: Fresh) {
    let store = &fresh.store;
    add(store, 1).await;
    let ours = take(store, "one", 0).await.expect("a job");
    let changes = store.change().await.expect("changes");
    assert!(jobs::is_ours(&changes, &ours).await.expect("told"));
    let other = tokio::spawn({
        let store = store.clone();
        async move { take(&store, "two", 1_000).await }
    });
    tokio::task::yield_now().await;
    jobs::end(&changes, &ours, State::Done, None, None, at(5)).await.expect("ended");
    changes.keep().await.expect("kept");
    assert!(other.await.expect("a server").is_none());
    assert_eq!(jobs::find(store, "j00").await.expect("read").expect("there").state, State::Done);
}

async fn a_persons_jobs_are_listed(fresh: Fresh) {
    let store = &fresh.store;
    add(store, 3).await;
    let listed = jobs::of(store, "p1", 2).await.expect("read");
    assert_eq!(listed, [job("j02", 2), job("j01", 1)]);
    assert!(jobs::of(store, "p2", 2).await.expect("read").is_empty());
    let changes = store.change().await.expect("changes");
    let twice: Result<(), StoreError> = jobs::add(&changes, &job("j00", 0)).await;
    assert!(twice.expect_err("there already").is_duplicate());
}

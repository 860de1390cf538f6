use chromiumoxide_cdp::cdp::browser_protocol::browser::GetVersionParams;

use super::*;

/// A line, and the browser's ends of it.
fn line() -> (Connection, pipe::Receiver, pipe::Sender) {
    let (writer, theirs) = pipe::pipe().unwrap();
    let (answers, reader) = pipe::pipe().unwrap();
    (Connection::new(Pipes { reader, writer }), theirs, answers)
}

const SOON: Duration = Duration::from_millis(50);

#[tokio::test]
async fn an_answer_finds_who_asked_whatever_comes_in_between() {
    let (connection, mut theirs, mut answers) = line();
    let mut events = connection.listen("S");
    let browser = async {
        let mut command = vec![0; 1024];
        let read = theirs.read(&mut command).await.unwrap();
        assert!(command[..read].ends_with(b"}\0"), "a zero byte ends it");
        answers
            .write_all(
                b"nonsense\0{\"method\":\"Page.x\",\"sessionId\":\"S\",\"params\":{}}\0{\"id\":1,\"res",
            )
            .await
            .unwrap();
        let rest = br#"ult":{"protocolVersion":"1.3","product":"Chrome/1","revision":"r","userAgent":"u","jsVersion":"j"}}"#;
        answers.write_all(&[&rest[..], b"\0"].concat()).await.unwrap();
    };
    let asked = GetVersionParams::default();
    let (version, ()) = tokio::join!(connection.call(None, &asked, SOON), browser);
    assert_eq!(version.unwrap().product, "Chrome/1");
    assert_eq!(events.recv().await.unwrap().method, "Page.x");
}

#[tokio::test]
async fn silence_is_a_timeout_and_an_end_is_told_to_all() {
    let (connection, theirs, answers) = line();
    let asked = GetVersionParams::default();
    let error = connection.call(None, &asked, SOON).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    let hour = Duration::from_hours(1);
    let end = async { drop((theirs, answers)) };
    let (error, ()) = tokio::join!(connection.call(None, &asked, hour), end);
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Browser);
    connection.ended().await;
    let error = connection.call(None, &asked, hour).await.unwrap_err();
    assert!(error.is_retryable(), "{error}");
}

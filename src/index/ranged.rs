//! A file on a server as a seekable source: blocks of it are fetched by `Range` requests as they are read.

use super::error::Place;
use super::files::content_range;
use super::http::{Get, Http};
use std::collections::BTreeMap;
use std::io::{self, Read, Seek, SeekFrom};
use url::Url;

/// What the first request asks for, from the end: most wheels have the list of their entries and METADATA in it.
const TAIL: u64 = 64 * 1024;

/// The largest single request.
const MAX_PIECE: u64 = 1024 * 1024;

/// The most that is fetched before the whole file is the better deal.
const MAX_TOTAL: u64 = 16 * 1024 * 1024;

/// Pieces of a file, each beginning where its key says.
pub(super) struct Ranged<'a> {
    http: &'a Http,
    place: &'a Place,
    url: &'a Url,
    /// In bytes, as the server has it.
    total: u64,
    validator: Option<String>,
    pieces: BTreeMap<u64, Vec<u8>>,
    position: u64,
    /// The next request's size: doubled each time.
    next: u64,
    fetched: u64,
}

impl<'a> Ranged<'a> {
    /// Fetches the file's end; `None` when the server does not answer with exactly that.
    pub(super) fn open(http: &'a Http, place: &'a Place, url: &'a Url, limit: u64) -> Option<Self> {
        let pieces = BTreeMap::new();
        let mut ranged =
            Self { http, place, url, total: 0, validator: None, pieces, position: 0, next: TAIL, fetched: 0 };
        ranged.fetch(&format!("bytes=-{TAIL}"), None)?;
        (ranged.total <= limit).then_some(ranged)
    }

    /// Fetches one range and keeps it; `None` when anything about the answer is odd.
    fn fetch(&mut self, range: &str, expected: Option<(u64, u64)>) -> Option<()> {
        let (first, total, etag, content) = self
            .http
            .retrying(self.place, self.url, |patience| {
                let headers = vec![("Range", range.to_owned())];
                let get = Get { url: self.url, accept: "*/*", compressed: false, headers };
                let answer = self.http.exchange(&get, &[], patience)?;
                // 200 is the whole file: its body is not even read.
                let announced =
                    content_range(&answer).filter(|_| answer.status == 206 && !answer.is_encoded());
                let Some((first, last, total)) = announced else { return Ok(None) };
                let etag = answer.header("etag").map(str::to_owned);
                let fits = match expected {
                    Some(expected) => (first, last) == expected,
                    None => last + 1 == total && last - first < TAIL,
                };
                if !fits {
                    return Ok(None);
                }
                let content = answer.read(last - first + 1)?;
                Ok((content.len() as u64 == last - first + 1).then_some((first, total, etag, content)))
            })
            .ok()??;
        // A file that changes between two requests is none that can be read in pieces.
        if expected.is_some() && (total, &etag) != (self.total, &self.validator) {
            return None;
        }
        (self.total, self.validator) = (total, etag);
        self.fetched += content.len() as u64;
        self.pieces.insert(first, content);
        Some(())
    }

    /// The bytes at hand from the position on.
    fn at_hand(&self) -> Option<&[u8]> {
        let (start, piece) = self.pieces.range(..=self.position).next_back()?;
        piece.get((self.position - start) as usize..).filter(|rest| !rest.is_empty())
    }
}

impl Read for Ranged<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.position >= self.total || buffer.is_empty() {
            return Ok(0);
        }
        if self.at_hand().is_none() {
            if self.fetched >= MAX_TOTAL {
                return Err(io::Error::other("too much of the file would be fetched in pieces"));
            }
            let until = self.pieces.range(self.position..).next().map_or(self.total, |(start, _)| *start);
            let last = until.min(self.position + self.next) - 1;
            self.next = (self.next * 2).min(MAX_PIECE);
            let range = format!("bytes={}-{last}", self.position);
            self.fetch(&range, Some((self.position, last)))
                .ok_or_else(|| io::Error::other("the server does not give the range"))?;
        }
        let rest = self.at_hand().unwrap_or_default();
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.position += count as u64;
        Ok(count)
    }
}

impl Seek for Ranged<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(offset) => self.total.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = position.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.position)
    }
}

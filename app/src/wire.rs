//! How questions and answers are written on the wire.
//!
//! Questions are JSON. Answers are packed (`postcard`): fields by their place, without names. A reader
//! of names would be twice as long for each type, and the readers are the largest part of what a
//! phone loads.

use leptos::server::codee::{Decoder, Encoder};
use leptos::server_fn::codec::Post;
use leptos::server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType};
use serde::Serialize;
use serde::de::{DeserializeOwned, Error as _};

/// JSON, read from text.
#[derive(Debug)]
pub struct TextJson;

/// Arguments as JSON in the body of a `POST`.
pub type Json = Post<TextJson>;

impl ContentType for TextJson {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for TextJson {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for TextJson {
    type Error = serde_json::Error;

    fn encode(value: &T) -> Result<Bytes, Self::Error> {
        serde_json::to_string(value).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for TextJson {
    type Error = serde_json::Error;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        serde_json::from_str(std::str::from_utf8(&bytes).map_err(serde_json::Error::custom)?)
    }
}

/// Packed answers, in the body of an answer and in the page itself.
#[derive(Debug)]
pub struct Packed;

/// A packed answer to a `POST`.
pub type Posted = Post<Packed>;

impl ContentType for Packed {
    const CONTENT_TYPE: &'static str = "application/octet-stream";
}

impl FormatType for Packed {
    const FORMAT_TYPE: Format = Format::Binary;
}

impl<T: Serialize> Encodes<T> for Packed {
    type Error = postcard::Error;

    fn encode(value: &T) -> Result<Bytes, Self::Error> {
        postcard::to_allocvec(value).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for Packed {
    type Error = postcard::Error;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        postcard::from_bytes(&bytes)
    }
}

/// In a page, packed bytes stand as Base64, which a browser reads by itself.
impl<T: Serialize> Encoder<T> for Packed {
    type Error = postcard::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, Self::Error> {
        #[cfg(feature = "ssr")]
        {
            use base64::Engine as _;
            postcard::to_allocvec(value).map(|bytes| base64::engine::general_purpose::STANDARD.encode(bytes))
        }
        #[cfg(not(feature = "ssr"))]
        {
            let _ = value;
            Ok(String::new())
        }
    }
}

impl<T: DeserializeOwned> Decoder<T> for Packed {
    type Error = postcard::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, Self::Error> {
        #[cfg(feature = "hydrate")]
        {
            let letters =
                leptos::prelude::window().atob(text).map_err(|_| postcard::Error::DeserializeBadEncoding)?;
            // Each letter is one byte.
            let bytes: Vec<u8> = letters.chars().map(|letter| letter as u8).collect();
            postcard::from_bytes(&bytes)
        }
        #[cfg(not(feature = "hydrate"))]
        {
            let _ = text;
            Err(postcard::Error::DeserializeBadEncoding)
        }
    }
}

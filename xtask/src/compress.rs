//! What does a file weigh on the wire?

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

/// Returns the bytes as a server would send them with `Content-Encoding: br`, as small as they get.
pub fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let parameters =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut { bytes }, &mut packed, &parameters)?;
    Ok(packed)
}

/// Returns the bytes as a server would send them with `Content-Encoding: gzip`, as small as they get.
pub fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn packed_bytes_unpack_to_the_same() {
        for bytes in [Vec::new(), b"dockerd".repeat(300)] {
            let mut unpacked = Vec::new();
            brotli::BrotliDecompress(&mut &*brotli(&bytes).unwrap(), &mut unpacked).unwrap();
            assert_eq!(unpacked, bytes);

            let mut unpacked = Vec::new();
            let packed = gzip(&bytes).unwrap();
            flate2::read::GzDecoder::new(&*packed).read_to_end(&mut unpacked).unwrap();
            assert_eq!(unpacked, bytes);
        }
    }
}

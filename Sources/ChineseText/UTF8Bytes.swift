/// Reading valid UTF-8 (RFC 3629, section 3) in place, by offsets in bytes: a view of a string takes five times as long.
extension Span<UInt8> {
    /// The scalar value that begins at `offset`, and how many bytes it takes.
    @inlinable @inline(__always)
    public func scalarValue(at offset: Int) -> (value: UInt32, width: Int) {
        let first = UInt32(self[offset])
        if first < 0x80 { return (first, 1) }
        func bits(_ place: Int) -> UInt32 { UInt32(self[unchecked: offset &+ place] & 0x3F) }
        // Nine of ten characters of a report. Bounds are checked once for all bytes of a scalar.
        if first &- 0xE0 < 0x10 {
            precondition(offset &+ 2 < count)
            return ((first & 0x0F) << 12 | bits(1) << 6 | bits(2), 3)
        }
        if first < 0xE0 {
            precondition(offset &+ 1 < count)
            return ((first & 0x1F) << 6 | bits(1), 2)
        }
        precondition(offset &+ 3 < count)
        return ((first & 0x07) << 18 | bits(1) << 12 | bits(2) << 6 | bits(3), 4)
    }

    /// The scalar that begins at `offset`, and how many bytes it takes.
    @inlinable @inline(__always)
    public func scalar(at offset: Int) -> (scalar: Unicode.Scalar, width: Int) {
        let (value, width) = scalarValue(at: offset)
        return (Unicode.Scalar(value) ?? "\u{FFFD}", width)
    }

    /// The first scalar of `range` that folding keeps; nil where there is none.
    public func firstKept(in range: Range<Int>) -> Unicode.Scalar? {
        var offset = range.lowerBound
        while offset < range.upperBound {
            let (scalar, width) = scalar(at: offset)
            if !scalar.isFoldedAway { return scalar }
            offset &+= width
        }
        return nil
    }

    /// The last scalar of `range` that folding keeps; nil where there is none.
    public func lastKept(in range: Range<Int>) -> Unicode.Scalar? {
        var offset = range.upperBound
        while offset > range.lowerBound {
            offset &-= 1
            if self[offset] & 0xC0 == 0x80 { continue }
            let scalar = scalar(at: offset).scalar
            if !scalar.isFoldedAway { return scalar }
        }
        return nil
    }

    /// Whether nothing is left of `range` when it is folded.
    @inlinable public func isBlank(_ range: Range<Int>) -> Bool {
        if range.isEmpty { return true }
        // Most cells begin with a digit.
        let first = self[range.lowerBound]
        return first > 0x20 && first < 0x7F ? false : firstKept(in: range) == nil
    }

    /// How many scalars the text has: as many as bytes that begin one. Eight bytes at a time.
    var scalarCount: Int {
        let raw = bytes
        var continuations = 0
        var offset = 0
        while offset &+ 8 <= count {
            let word = raw.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
            // 10xxxxxx: the upper bit is set, the one below it is not.
            let marks = (word & ~(word << 1) & 0x8080_8080_8080_8080) >> 7
            // Adds the eight bytes up in the highest one.
            continuations &+= Int(truncatingIfNeeded: (marks &* 0x0101_0101_0101_0101) >> 56)
            offset &+= 8
        }
        while offset < count {
            if self[offset] & 0xC0 == 0x80 { continuations &+= 1 }
            offset &+= 1
        }
        return count - continuations
    }

    /// Where every `distance`th scalar begins, from the first.
    func offsets(every distance: Int) -> [Int32] {
        var offsets: [Int32] = []
        var offset = 0
        var left = 0
        while offset < count {
            if left == 0 {
                offsets.append(Int32(truncatingIfNeeded: offset))
                left = distance
            }
            left &-= 1
            offset &+= scalarValue(at: offset).width
        }
        return offsets
    }
}

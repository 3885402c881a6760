/// Folds the scalars of a text one after the other, and notes what is to be known of the way back.
struct FoldingPass {
    /// Scalars that were left out before the first that was kept.
    private(set) var leading: Int32 = 0
    /// Whether a bracket was met, with which a bookmark may begin.
    private(set) var metBracket = false
    /// Whether a scalar was met that folds to several; the pass ends there, and ``expanded(_:)`` does it all again.
    private(set) var metExpansion = false
    /// How many scalars were kept before the first that was left out behind one that was kept.
    private var gap = Int.max

    /// Whether anything was left out between the `count` scalars that were kept.
    func hasGap(in count: Int) -> Bool { gap < count }

    /// Folds valid UTF-8. Every character of every document passes here, most of them twice: some thirty instructions each.
    mutating func fold(_ utf8: Span<UInt8>, into scalars: inout OutputSpan<Unicode.Scalar>) {
        let table = FoldTables.basicPlane.span
        var offset = 0
        var dropped: Int32 = 0
        while offset < utf8.count {
            let (value, width) = utf8.scalarValue(at: offset)
            offset &+= width
            guard value < 0x1_0000 else {
                scalars.append(Unicode.Scalar(value) ?? "\u{FFFD}")
                continue
            }
            let folded = table[Int(value)]
            if folded == FoldTables.drop {
                dropped &+= 1
                if scalars.isEmpty { leading = dropped } else { gap = min(gap, scalars.count) }
            } else if folded == FoldTables.expand {
                metExpansion = true
                return
            } else {
                if folded == 0x5B { metBracket = true }
                scalars.append(Unicode.Scalar(folded) ?? "\u{FFFD}")
            }
        }
    }

    /// The positions of the `count` scalars that are kept, of a text in which none folds to several.
    static func origins(_ utf8: Span<UInt8>, count: Int) -> [Int32] {
        let table = FoldTables.basicPlane.span
        return [Int32](capacity: count) { origins in
            var offset = 0
            var position: Int32 = 0
            while offset < utf8.count {
                let (value, width) = utf8.scalarValue(at: offset)
                if value >= 0x1_0000 || table[Int(value)] != FoldTables.drop { origins.append(position) }
                offset += width
                position += 1
            }
        }
    }

    /// The folded scalars and their positions, of a text in which some fold to several.
    static func expanded(_ utf8: Span<UInt8>) -> (scalars: [Unicode.Scalar], origins: [Int32]) {
        var scalars: [Unicode.Scalar] = []
        var origins: [Int32] = []
        var offset = 0
        var position: Int32 = 0
        while offset < utf8.count {
            let (value, width) = utf8.scalarValue(at: offset)
            let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
            if let folded = scalar.folded {
                scalars.append(folded)
            } else if !scalar.isFoldedAway {
                scalars.append(contentsOf: FoldTables.expansion(of: scalar).unicodeScalars)
            }
            while origins.count < scalars.count { origins.append(position) }
            offset += width
            position += 1
        }
        return (scalars, origins)
    }
}

extension OutputSpan<UInt8> {
    /// Appends `scalar` as UTF-8.
    @inline(__always)
    mutating func append(encoding scalar: Unicode.Scalar) {
        let value = scalar.value
        func append(_ bits: UInt32) { self.append(UInt8(truncatingIfNeeded: bits)) }
        switch value {
        case 0..<0x80: append(value)
        case 0x80..<0x800:
            append(0xC0 | value >> 6)
            append(0x80 | value & 0x3F)
        case 0x800..<0x1_0000:
            append(0xE0 | value >> 12)
            append(0x80 | value >> 6 & 0x3F)
            append(0x80 | value & 0x3F)
        default:
            append(0xF0 | value >> 18)
            append(0x80 | value >> 12 & 0x3F)
            append(0x80 | value >> 6 & 0x3F)
            append(0x80 | value & 0x3F)
        }
    }
}

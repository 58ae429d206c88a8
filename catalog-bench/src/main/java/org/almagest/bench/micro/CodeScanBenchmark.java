package org.almagest.bench.micro;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.almagest.error.CorruptSectionException;
import org.almagest.index.column.CodeColumn;
import org.almagest.index.column.CodeColumnBuilder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does one row cost when a condition on one field looks at all rows: packed, and as plain 64-bit numbers?
 *
 * <p>Marking should cost about a nanosecond a row at any width and allocate nothing.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(CodeScanBenchmark.ROWS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before any benchmark.
public class CodeScanBenchmark {
    static final int ROWS = 1 << 20;

    /** Bits of the codes: a few names, a percentage with two decimals, a time. */
    @Param({"4", "14", "40"})
    public int bits;

    private final long[] mask = new long[CodeColumn.BLOCK_ROWS / Long.SIZE];
    private final long[] block = new long[CodeColumn.BLOCK_ROWS];
    private final byte[] truth = new byte[16];
    private long[] plain;
    private CodeColumn column;
    private long low;
    private long high;

    /** Packs even codes, a tenth of which lie in the range, and compares all answers. */
    @Setup
    public void build() throws CorruptSectionException {
        SplittableRandom random = new SplittableRandom(1);
        plain = new long[ROWS];
        CodeColumnBuilder codes = new CodeColumnBuilder();
        for (int row = 0; row < ROWS; row++) {
            plain[row] = random.nextLong(1L << bits);
            codes.add(plain[row]);
        }
        low = 1;
        high = Math.max(1, (1L << bits) / 10);
        truth[1] = 1;
        ByteBuffer body = ByteBuffer.allocateDirect(codes.bodyBytes());
        codes.write(body);
        column = CodeColumn.open(body.flip(), "codes");
        System.out.printf(Locale.ROOT, "%.3f bytes/row%n", (double) body.limit() / ROWS);
        long expected = plainArray();
        if (markRange() != expected || oneByOne() != expected || inBulk() != expected) {
            throw new IllegalStateException("benchmark: the answers differ");
        }
        if (bits == 4 && markTrue() != expected) {
            throw new IllegalStateException("benchmark: the answers differ");
        }
    }

    /** Compares blocks into marks. */
    @Benchmark
    public long markRange() {
        long count = 0;
        for (int i = 0; i < column.blockCount(); i++) {
            count += column.markRange(i, low, high, mask);
        }
        return count;
    }

    /** Looks codes up in a table of what is wanted. */
    @Benchmark
    public long markTrue() {
        long count = 0;
        for (int i = 0; i < column.blockCount(); i++) {
            count += column.markTrue(i, truth, mask);
        }
        return count;
    }

    /** Unpacks and compares row by row. */
    @Benchmark
    public long oneByOne() {
        long count = 0;
        for (int row = 0; row < ROWS; row++) {
            long code = column.code(row);
            count += code >= low && code <= high ? 1 : 0;
        }
        return count;
    }

    /** Unpacks blocks and compares the numbers. */
    @Benchmark
    public long inBulk() {
        long count = 0;
        for (int row = 0; row < ROWS; row += block.length) {
            column.codes(row, block.length, block);
            for (long code : block) {
                count += code >= low && code <= high ? 1 : 0;
            }
        }
        return count;
    }

    /** Compares numbers that were never packed: 8 bytes a row. */
    @Benchmark
    public long plainArray() {
        long count = 0;
        for (long code : plain) {
            count += code >= low && code <= high ? 1 : 0;
        }
        return count;
    }
}

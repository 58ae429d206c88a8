package org.almagest.bench.micro;

import org.almagest.bench.data.QuestionKind;
import org.junit.jupiter.api.Test;

/** The set-ups compare all variants of a benchmark, so that a number is never one of a wrong answer. */
class SetupTest {
    @Test
    void idSearchesAgree() throws Exception {
        IdSearchBenchmark benchmark = new IdSearchBenchmark();
        benchmark.rows = 10_000;
        benchmark.prepare();
    }

    @Test
    void boxScansAgree() {
        new BoxScanBenchmark().prepare();
    }

    @Test
    void exactTestsAgree() {
        ExactTestBenchmark benchmark = new ExactTestBenchmark();
        benchmark.kind = QuestionKind.G;
        benchmark.prepare();
    }

    @Test
    void idHashesAgree() throws Exception {
        new IngestEncodeBenchmark().prepare();
    }
}

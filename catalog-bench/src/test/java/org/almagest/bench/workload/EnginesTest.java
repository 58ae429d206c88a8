package org.almagest.bench.workload;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.almagest.bench.data.Answer;
import org.almagest.bench.data.GranuleSource;
import org.almagest.bench.data.Oracle;
import org.almagest.bench.data.Question;
import org.almagest.bench.data.QuestionKind;
import org.almagest.bench.data.QuestionSet;
import org.almagest.bench.data.RowDigest;
import org.almagest.bench.peer.Peer;
import org.almagest.bench.peer.Peers;
import org.almagest.bench.peer.Session;
import org.almagest.io.synthetic.GranuleGenerator.Width;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnginesTest {
    private static final int ROWS = 2_000;
    private static final int WIDE_ROWS = 300;
    private static final int BATCH_ROWS = 500;
    private static final int QUESTIONS = 50;

    @TempDir
    Path folder;

    static List<String> engines() {
        List<String> engines = new ArrayList<>(Peers.EMBEDDED);
        engines.add("almagest-5");
        engines.add("almagest-keyed");
        if (!System.getProperty(Peers.POSTGRES_URL, "").isEmpty()) {
            engines.add(Peers.POSTGRES);
        }
        return engines;
    }

    @ParameterizedTest
    @MethodSource("engines")
    void answersAsBruteForceDoes(String engine) throws Exception {
        GranuleSource source = GranuleSource.of(ROWS, Width.NARROW);
        Set<QuestionKind> kinds = EnumSet.complementOf(EnumSet.of(QuestionKind.I));
        load(engine, source);
        askAll(engine, source, kinds);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void returnsPagesOfWideRows(String engine) throws Exception {
        GranuleSource source = GranuleSource.of(WIDE_ROWS, Width.WIDE);
        load(engine, source);
        askAll(engine, source, EnumSet.of(QuestionKind.I, QuestionKind.E));
    }

    private void load(String engine, GranuleSource source) throws Exception {
        Peers.remove(engine, folder.resolve(engine));
        try (Peer peer = Peers.open(engine, folder.resolve(engine), source)) {
            for (int pass = 0; pass < 2; pass++) { // the second finds every row there
                for (long first = 0; first < source.rows(); first += BATCH_ROWS) {
                    int count = (int) Math.min(BATCH_ROWS, source.rows() - first);
                    long created = peer.ingest(source.batch(first, count));
                    assertEquals(pass == 0 ? count : 0, created);
                }
            }
            peer.finish();
            peer.settle();
        }
    }

    private void askAll(String engine, GranuleSource source, Set<QuestionKind> kinds) throws Exception {
        Oracle oracle = Oracle.of(source, kinds, folder);
        List<Executable> checks = new ArrayList<>();
        try (Peer peer = Peers.open(engine, folder.resolve(engine), source);
                Session session = peer.session()) {
            for (QuestionKind kind : kinds) {
                List<Question> questions = QuestionSet.of(kind, source, QUESTIONS);
                if (peer.answers(kind)) {
                    session.prepare(questions);
                    for (Question question : questions) {
                        RowDigest digest = new RowDigest();
                        session.ask(question, digest);
                        checks.add(() -> assertEquals(
                                oracle.answer(question), Answer.of(digest), kind + " " + question.number()));
                    }
                }
            }
        }
        assertAll(checks);
    }
}

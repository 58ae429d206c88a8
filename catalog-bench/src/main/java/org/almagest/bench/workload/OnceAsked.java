package org.almagest.bench.workload;

import java.util.List;
import java.util.StringJoiner;
import org.almagest.bench.data.Answer;
import org.almagest.bench.data.GranuleSource;
import org.almagest.bench.data.Question;
import org.almagest.bench.data.QuestionKind;
import org.almagest.bench.data.QuestionSet;
import org.almagest.bench.data.RowDigest;
import org.almagest.bench.peer.Session;

/** Asks questions of several classes in turn, each once, and says of each how long it took and what was read for it. */
final class OnceAsked {
    private final GranuleSource source;
    private final Session session;
    private final List<OneClass> classes =
            List.of(new OneClass(QuestionKind.B, 1), new OneClass(QuestionKind.D, 1), new OneClass(QuestionKind.E, 10));

    /** A class of questions, how many of it are asked in a turn, and what came of them. */
    private static final class OneClass {
        final QuestionKind kind;
        final int inTurn;
        final RowDigest digest = new RowDigest();
        final StringJoiner figures = new StringJoiner(",");
        List<Question> questions = List.of();

        OneClass(QuestionKind kind, int inTurn) {
            this.kind = kind;
            this.inTurn = inTurn;
        }
    }

    OnceAsked(GranuleSource source, Session session) {
        this.source = source;
        this.session = session;
    }

    /** Gets ready to ask a part; it may read what is asked for. */
    String prepare(int part, int turns) throws Exception {
        choose(part, turns);
        for (OneClass one : classes) {
            session.prepare(one.questions);
        }
        return "ready";
    }

    /**
     * Asks; returns of each class its label, the number of rows and their digest, and of each question nanoseconds, bytes
     * read and faults that waited for a disk.
     */
    String ask(int part, int turns) throws Exception {
        choose(part, turns);
        for (int turn = 0; turn < turns; turn++) {
            for (OneClass one : classes) {
                for (Question question : one.questions.subList(turn * one.inTurn, (turn + 1) * one.inTurn)) {
                    ask(one, question);
                }
            }
        }
        StringJoiner line = new StringJoiner(" ");
        for (OneClass one : classes) {
            Answer answer = Answer.of(one.digest);
            line.add(one.kind.label() + " " + answer.count() + ":" + answer.sum() + " " + one.figures);
        }
        return line.toString();
    }

    private void choose(int part, int turns) {
        for (OneClass one : classes) {
            one.questions = QuestionSet.more(one.kind, source, part, turns * one.inTurn);
        }
    }

    private void ask(OneClass one, Question question) throws Exception {
        long bytes = Processes.ownReadBytes();
        long faults = Processes.ownMajorFaults();
        long start = System.nanoTime();
        session.ask(question, one.digest);
        long nanos = System.nanoTime() - start;
        one.figures.add(nanos + ":" + (Processes.ownReadBytes() - bytes) + ":" + (Processes.ownMajorFaults() - faults));
    }
}

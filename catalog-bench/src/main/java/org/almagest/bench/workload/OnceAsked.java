package org.almagest.bench.workload;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
    /** How many questions of a class are asked in a turn. */
    static final Map<QuestionKind, Integer> IN_TURN =
            new EnumMap<>(Map.of(QuestionKind.B, 1, QuestionKind.D, 1, QuestionKind.E, 10));

    private final GranuleSource source;
    private final Session session;
    private final Map<QuestionKind, StringJoiner> figures = new EnumMap<>(QuestionKind.class);
    private final Map<QuestionKind, RowDigest> answers = new EnumMap<>(QuestionKind.class);

    OnceAsked(GranuleSource source, Session session) {
        this.source = source;
        this.session = session;
        for (QuestionKind kind : IN_TURN.keySet()) {
            figures.put(kind, new StringJoiner(","));
            answers.put(kind, new RowDigest());
        }
    }

    /** Gets ready to ask a part; it may read what is asked for. */
    String prepare(int part, int turns) throws Exception {
        for (Map.Entry<QuestionKind, Integer> kind : IN_TURN.entrySet()) {
            session.prepare(questions(kind.getKey(), part, turns));
        }
        return "ready";
    }

    /**
     * Asks; returns of each class its label, the number of rows and their digest, and of each question nanoseconds, bytes
     * read and faults that waited for a disk.
     */
    String ask(int part, int turns) throws Exception {
        Map<QuestionKind, List<Question>> asked = new EnumMap<>(QuestionKind.class);
        for (QuestionKind kind : IN_TURN.keySet()) {
            asked.put(kind, questions(kind, part, turns));
        }
        for (int turn = 0; turn < turns; turn++) {
            for (Map.Entry<QuestionKind, Integer> kind : IN_TURN.entrySet()) {
                int count = kind.getValue();
                for (Question question : asked.get(kind.getKey()).subList(turn * count, (turn + 1) * count)) {
                    ask(question);
                }
            }
        }
        StringJoiner line = new StringJoiner(" ");
        figures.forEach((kind, figure) -> {
            Answer answer = Answer.of(answers.get(kind));
            line.add(kind.label() + " " + answer.count() + ":" + answer.sum() + " " + figure);
        });
        return line.toString();
    }

    private List<Question> questions(QuestionKind kind, int part, int turns) {
        return QuestionSet.more(kind, source, part, turns * IN_TURN.get(kind));
    }

    private void ask(Question question) throws Exception {
        long bytes = Processes.ownReadBytes();
        long faults = Processes.ownMajorFaults();
        long start = System.nanoTime();
        session.ask(question, answers.get(question.kind()));
        long nanos = System.nanoTime() - start;
        figures.get(question.kind())
                .add(nanos + ":" + (Processes.ownReadBytes() - bytes) + ":" + (Processes.ownMajorFaults() - faults));
    }
}

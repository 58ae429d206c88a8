package org.almagest.bench.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.almagest.io.synthetic.GranuleGenerator.Width;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;

/**
 * The answers that looking at every row gives, with nothing but comparisons and the predicates of JTS.
 *
 * <p>Kept in a file beside the stores, because every row of ten million takes its minute.
 */
public final class Oracle {
    private final GranuleSource source;
    private final Map<QuestionKind, List<Answer>> answers = new EnumMap<>(QuestionKind.class);

    private Oracle(GranuleSource source) {
        this.source = source;
    }

    /** Returns the answers to all questions of some classes, from the file where it has them. */
    public static Oracle of(GranuleSource source, Set<QuestionKind> kinds, Path folder) throws IOException {
        Oracle oracle = new Oracle(source);
        boolean wide = source.width() == Width.WIDE;
        int version = wide ? QuestionSet.WIDE_VERSION : QuestionSet.VERSION;
        Path file = folder.resolve(
                String.format(Locale.ROOT, "answers-%d-%d-%s.txt", version, source.rows(), wide ? "wide" : "narrow"));
        if (Files.exists(file)) {
            oracle.read(file);
        }
        Set<QuestionKind> missing = EnumSet.copyOf(kinds);
        missing.removeAll(oracle.answers.keySet());
        if (!missing.isEmpty()) {
            oracle.compute(missing);
            oracle.write(file);
        }
        return oracle;
    }

    /** Returns what a question must give. */
    public Answer answer(Question question) {
        List<Answer> ofKind = answers.get(question.kind());
        if (ofKind == null) {
            throw new IllegalStateException("no answers of class " + question.kind());
        }
        return ofKind.get(question.number());
    }

    private void compute(Set<QuestionKind> kinds) {
        List<Open> open = new ArrayList<>();
        Map<QuestionKind, List<Open>> byKind = new LinkedHashMap<>();
        for (QuestionKind kind : kinds) {
            List<Open> ofKind = new ArrayList<>();
            for (Question question : QuestionSet.of(kind, source, Integer.MAX_VALUE)) {
                ofKind.add(new Open(question));
            }
            byKind.put(kind, ofKind);
            ofKind.stream().filter(one -> one.question.row() == null).forEach(open::add);
        }
        if (!open.isEmpty()) {
            lookAtEveryRow(open);
        }
        byKind.forEach((kind, ofKind) ->
                answers.put(kind, ofKind.stream().map(Open::answer).toList()));
    }

    private void lookAtEveryRow(List<Open> open) {
        for (long i = 0; i < source.rows(); i++) {
            Granule row = source.granule(i);
            for (Open one : open) {
                if (one.question.time().contains(row.timeMillis()) && one.matches(row)) {
                    one.add(row);
                }
            }
        }
    }

    private void read(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split(" ");
            answers.computeIfAbsent(QuestionKind.of(words[0]), kind -> new ArrayList<>())
                    .add(new Answer(Long.parseLong(words[1]), Long.parseLong(words[2])));
        }
    }

    private void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        answers.forEach((kind, ofKind) -> ofKind.forEach(answer -> text.append(kind.label())
                .append(' ')
                .append(answer.count())
                .append(' ')
                .append(answer.sum())
                .append('\n')));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
    }

    /** A question while rows are looked at. */
    private static final class Open {
        private final Question question;
        private final RowDigest digest = new RowDigest();
        private final PreparedGeometry prepared;
        private final boolean everywhere;
        private final List<Granule> page = new ArrayList<>();

        Open(Question question) {
            this.question = question;
            Area area = question.area();
            this.everywhere = area == null;
            this.prepared = PreparedGeometryFactory.prepare(
                    area == null ? new GeometryFactory().createPoint() : area.geometry());
        }

        boolean matches(Granule row) {
            if (question.kind() == QuestionKind.G) {
                Double cloud = row.cloudCover();
                if (cloud == null || cloud >= QuestionKind.CLOUD_BELOW) {
                    return false;
                }
            }
            return everywhere
                    || prepared.getGeometry()
                                    .getEnvelopeInternal()
                                    .intersects(row.geometry().getEnvelopeInternal())
                            && prepared.intersects(row.geometry());
        }

        void add(Granule row) {
            switch (question.kind()) {
                case F -> digest.counted(1);
                case I -> addToPage(row);
                default -> row.addTo(digest);
            }
        }

        private void addToPage(Granule row) {
            page.add(row);
            if (page.size() > 4 * QuestionKind.PAGE_ROWS) {
                cutPage();
            }
        }

        private void cutPage() {
            page.sort(Comparator.comparingLong(Granule::timeMillis));
            page.subList(Math.min(page.size(), QuestionKind.PAGE_ROWS), page.size())
                    .clear();
        }

        Answer answer() {
            if (question.row() != null) {
                question.row().addTo(digest);
            }
            cutPage();
            page.forEach(row -> row.addTo(digest));
            return Answer.of(digest);
        }
    }
}

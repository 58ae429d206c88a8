package org.almagest.io;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.Datapoint;

/**
 * One row of a file.
 *
 * @param file the file as the caller named it
 * @param line the line that the row begins on, from 1
 * @param datapoint what the row says
 * @param antimeridian how wide edges of its geometry are meant, where the file says so: a batch with rows of both kinds
 *     needs one ingest call for each
 */
public record SourceRow(String file, long line, Datapoint datapoint, AntimeridianRule antimeridian) {
    private static final Pattern ROW = Pattern.compile("row (\\d{1,9})(?:: (.*))?", Pattern.DOTALL);

    /** Creates a row of a file that says nothing about wide edges. */
    public SourceRow(String file, long line, Datapoint datapoint) {
        this(file, line, datapoint, AntimeridianRule.SHORT_WAY);
    }

    /** Returns the place as messages name it: {@code items.ndjson: line 17}. */
    public String place() {
        return place(file, line);
    }

    /** Returns a place in a file as messages name it. */
    public static String place(String file, long line) {
        return file + ": line " + line;
    }

    /**
     * Returns a failure of ingest with the line of the file in the place of the row's number.
     *
     * @param failure what ingest threw; its subject begins with {@code row N} when it is about one row
     * @param rows what was given to that call, in order
     */
    public static InvalidRequestException located(InvalidRequestException failure, List<SourceRow> rows) {
        return locatedSubject(failure.subject(), rows)
                .map(subject -> new InvalidRequestException(subject, failure.problem(), failure))
                .orElse(failure);
    }

    /** Returns a failure of ingest with the line of the file in the place of the row's number. */
    public static LimitExceededException located(LimitExceededException failure, List<SourceRow> rows) {
        return locatedSubject(failure.subject(), rows)
                .map(subject ->
                        new LimitExceededException(subject, failure.limitName(), failure.actual(), failure.limit()))
                .orElse(failure);
    }

    private static Optional<String> locatedSubject(String subject, List<SourceRow> rows) {
        Matcher matcher = ROW.matcher(subject);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) >= rows.size()) {
            return Optional.empty();
        }
        String place = rows.get(Integer.parseInt(matcher.group(1))).place();
        String rest = matcher.group(2);
        return Optional.of(rest == null ? place : place + ": " + rest);
    }
}

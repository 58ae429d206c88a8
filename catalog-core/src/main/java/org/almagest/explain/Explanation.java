package org.almagest.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonNumber;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.model.Json;

/**
 * How a query was answered. Immutable.
 *
 * <p>What it was understood to ask, what was passed over, what was looked at, and how long each step took.
 *
 * <p>The query was run to its end for this. Times are of that one run and include the cost of measuring. Names of facts,
 * counts and steps may be added; those there are stay.
 *
 * @param asked the query as it was understood
 * @param counts how much there was, what was passed over, what was looked at
 * @param steps what time went into
 * @param runs the parts of the store that were looked at, the one that took longest first
 * @param runsLeftOut how many more of these there were
 */
public record Explanation(
        List<Fact> asked, List<Count> counts, List<Step> steps, List<RunRead> runs, long runsLeftOut) {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int NANOS_PER_MICRO = 1_000;

    /** Copies the lists. */
    public Explanation {
        asked = List.copyOf(asked);
        counts = List.copyOf(counts);
        steps = List.copyOf(steps);
        runs = List.copyOf(runs);
    }

    /**
     * A part of the query as it was understood.
     *
     * @param name such as {@code time}, {@code area}, {@code filter}
     * @param text its meaning
     */
    public record Fact(String name, String text) {}

    /**
     * How many of something there were.
     *
     * @param name lower case words joined by {@code _}
     * @param value the number
     */
    public record Count(String name, long value) {}

    /**
     * A part of the work.
     *
     * @param name lower case words joined by {@code _}
     * @param times how often it was done
     * @param nanos how long it took in all
     */
    public record Step(String name, long times, long nanos) {}

    /**
     * A run of rows that was looked at.
     *
     * @param run the segment, or {@code memory}
     * @param access how candidates were found
     * @param rows rows of the run in the time of the query
     * @param considered candidates that were tested one by one
     * @param matched those of them that matched, as far as they were asked for
     * @param nanos how long finding and testing them took
     */
    public record RunRead(String run, String access, long rows, long considered, long matched, long nanos) {}

    /** Returns the number of a count; 0 for a name that is not there. */
    public long count(String name) {
        return counts.stream()
                .filter(count -> count.name.equals(name))
                .mapToLong(Count::value)
                .sum();
    }

    /** Returns all of it as aligned lines of text, the last one ended as well. */
    public String toText() {
        StringBuilder out = new StringBuilder();
        asked.forEach(fact -> line(out, "%-22s %s", fact.name, fact.text));
        out.append('\n');
        counts.forEach(count -> line(out, "%-22s %,15d", count.name, count.value));
        out.append('\n');
        line(out, "%-22s %15s %14s", "step", "times", "ms");
        steps.forEach(step -> line(out, "%-22s %,15d %14.3f", step.name, step.times, step.nanos / NANOS_PER_MILLI));
        if (!runs.isEmpty()) {
            out.append('\n');
            line(out, "%-34s %-24s %12s %12s %10s %10s", "run", "access", "rows", "considered", "matched", "ms");
            for (RunRead read : runs) {
                line(
                        out,
                        "%-34s %-24s %,12d %,12d %,10d %10.3f",
                        read.run,
                        read.access,
                        read.rows,
                        read.considered,
                        read.matched,
                        read.nanos / NANOS_PER_MILLI);
            }
        }
        if (runsLeftOut > 0) {
            line(out, "and %,d more", runsLeftOut);
        }
        return out.toString();
    }

    private static void line(StringBuilder out, String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }

    /** Returns all of it as one JSON object; times in microseconds. */
    public Json toJson() {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        Map<String, JsonValue> facts = new LinkedHashMap<>();
        asked.forEach(fact -> facts.put(fact.name, new JsonString(fact.text)));
        Map<String, JsonValue> numbers = new LinkedHashMap<>();
        counts.forEach(count -> numbers.put(count.name, number(count.value)));
        members.put("query", new JsonObject(facts));
        members.put("counts", new JsonObject(numbers));
        List<JsonValue> stepObjects = new ArrayList<>();
        for (Step step : steps) {
            Map<String, JsonValue> one = new LinkedHashMap<>();
            one.put("step", new JsonString(step.name));
            one.put("times", number(step.times));
            one.put("micros", number(step.nanos / NANOS_PER_MICRO));
            stepObjects.add(new JsonObject(one));
        }
        members.put("steps", new JsonArray(stepObjects));
        List<JsonValue> runObjects = new ArrayList<>();
        for (RunRead read : runs) {
            Map<String, JsonValue> one = new LinkedHashMap<>();
            one.put("run", new JsonString(read.run));
            one.put("access", new JsonString(read.access));
            one.put("rows", number(read.rows));
            one.put("considered", number(read.considered));
            one.put("matched", number(read.matched));
            one.put("micros", number(read.nanos / NANOS_PER_MICRO));
            runObjects.add(new JsonObject(one));
        }
        members.put("runs", new JsonArray(runObjects));
        members.put("runs_left_out", number(runsLeftOut));
        return Json.ofCanonical(CanonicalJson.text(new JsonObject(members)));
    }

    private static JsonNumber number(long value) {
        return new JsonNumber(Long.toString(value));
    }

    /** Returns {@link #toText}. */
    @Override
    public String toString() {
        return toText();
    }
}

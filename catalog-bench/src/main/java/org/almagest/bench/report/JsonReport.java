package org.almagest.bench.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/** The figures of a run as one JSON document. */
final class JsonReport {
    private static final double ROUNDING = 1e4;

    private JsonReport() {}

    static String of(Circumstances run, List<EngineFigures> engines, List<Goal> goals) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            circumstances(json, run);
            json.writeArrayFieldStart("goals");
            for (Goal goal : goals) {
                goal(json, goal);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("engines");
            for (EngineFigures engine : engines) {
                engine(json, engine);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text + "\n";
    }

    private static void circumstances(JsonGenerator json, Circumstances run) throws IOException {
        json.writeObjectFieldStart("run");
        json.writeStringField("date", run.date());
        json.writeStringField("commit", run.commit());
        json.writeStringField("command", run.command());
        json.writeStringField("jdk", run.jdk());
        json.writeStringField("processor", run.processor());
        json.writeNumberField("cores", run.cores());
        json.writeNumberField("memory_bytes", run.memoryBytes());
        json.writeNumberField("rows", run.rows());
        json.writeStringField("heap", run.heap());
        json.writeEndObject();
    }

    private static void goal(JsonGenerator json, Goal goal) throws IOException {
        json.writeStartObject();
        json.writeStringField("what", goal.what());
        json.writeStringField("against", goal.against());
        json.writeStringField("theirs", goal.theirs());
        json.writeStringField("ours", goal.ours());
        number(json, "ratio", goal.ratio());
        json.writeStringField("must", goal.must().toString());
        json.writeStringField("goal", goal.goal().toString());
        json.writeStringField("reached", goal.reached());
        json.writeEndObject();
    }

    private static void engine(JsonGenerator json, EngineFigures engine) throws IOException {
        json.writeStartObject();
        json.writeStringField("engine", engine.engine());
        json.writeStringField("version", engine.version());
        json.writeObjectFieldStart("queries");
        for (Map.Entry<String, QueryFigures> entry : engine.queries().entrySet()) {
            QueryFigures figures = entry.getValue();
            json.writeObjectFieldStart(entry.getKey());
            number(json, "p50_us", figures.p50Micros());
            number(json, "undisturbed_us", figures.undisturbedMicros());
            number(json, "p99_us", figures.p99Micros());
            if (!entry.getKey().equals("f")) { // rows that are counted are not returned
                number(json, "rows_per_s", figures.rowsPerSecond());
            }
            json.writeNumberField("samples", figures.samples());
            number(json, "foreign_cores", figures.foreignCores());
            json.writeStringField("wrong", figures.wrong());
            json.writeEndObject();
        }
        json.writeEndObject();
        LoadFigures load = engine.load();
        if (load != null) {
            json.writeObjectFieldStart("load");
            number(json, "rows_per_s", load.rowsPerSecond());
            number(json, "commit_p50_ms", load.commitP50Millis());
            number(json, "commit_max_ms", load.commitMaxMillis());
            number(json, "finish_s", load.finishSeconds());
            number(json, "settle_s", load.settleSeconds());
            number(json, "cpu_us_per_row", load.cpuMicrosPerRow());
            number(json, "bytes_per_row", load.bytesPerRow());
            number(json, "foreign_cores", load.foreignCores());
            json.writeEndObject();
        }
        for (Map.Entry<String, Double> entry : engine.numbers().entrySet()) {
            number(json, entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String name, double value) throws IOException {
        json.writeNumberField(name, Math.rint(value * ROUNDING) / ROUNDING);
    }
}

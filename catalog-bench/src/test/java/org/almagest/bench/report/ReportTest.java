package org.almagest.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final Circumstances RUN =
            new Circumstances("CPU", 2, 1L << 34, "17", "abc", "--rows 1000000", "2026-01-01", 1_000_000, "1g");

    @TempDir
    Path folder;

    @Test
    void comparesWithTheBestPeerThatAnswersRightly() {
        EngineFigures ours = engine("almagest", 40, "0");
        EngineFigures wrong = engine("h2", 1, "3@0:1/2");
        EngineFigures slow = engine("duckdb", 900, "0");
        EngineFigures best = engine("sqlite", 100, "0");
        Goal goal = GoalTable.of(List.of(ours, wrong, slow, best), 1_000_000).get(0);
        assertEquals("sqlite 1", goal.against());
        assertEquals("0.400", goal.ratioText());
        assertEquals("goal", goal.reached());
    }

    @Test
    void tellsMustFromGoalAndFromNeither() {
        assertEquals("must", reached(60));
        assertEquals("no", reached(61));
    }

    @Test
    void asksForMoreAtTenMillionRows() {
        List<EngineFigures> engines = List.of(engine("almagest", 30, "0"), engine("sqlite", 100, "0"));
        assertEquals("no", GoalTable.of(engines, 10_000_000).get(0).reached());
    }

    @Test
    void writesAPageAJsonDocumentAndWellFormedCharts() throws Exception {
        EngineFigures ours = engine("almagest", 40, "0");
        ours.loaded(new LoadFigures(1_000_000, 400_000, 20, 30, 1, 0, 2, 170, 0.1, true));
        new Report(RUN, List.of(ours, engine("sqlite", 100, "0"))).write(folder, "r");
        assertTrue(Files.readString(folder.resolve("r.md")).contains("| b 30 days × 2°×2° box | sqlite 1 |"));
        assertTrue(Files.readString(folder.resolve("r.json")).contains("\"p50_us\" : 40.0"));
        for (String chart : List.of("r-times.svg", "r-ingest.svg")) {
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(folder.resolve(chart).toFile());
        }
    }

    @Test
    void reachesNothingWithWrongAnswers() {
        assertTrue(GoalTable.of(List.of(engine("almagest", 1, "1"), engine("sqlite", 100, "0")), 1_000_000)
                .isEmpty());
    }

    @Test
    void comparesRatesOfOneRunOnly() {
        EngineFigures ours = engine("almagest", 40, "0");
        EngineFigures peer = engine("sqlite", 100, "0");
        ours.loaded(new LoadFigures(1_000_000, 400_000, 20, 30, 1, 0, 2, 170, 0.1, true));
        peer.loaded(new LoadFigures(1_000_000, 50_000, 20, 30, 1, 0, 2, 400, 0.1, false));
        List<String> goals = GoalTable.of(List.of(ours, peer), 1_000_000).stream()
                .map(Goal::what)
                .toList();
        assertTrue(goals.contains("bytes per row on disk"));
        assertFalse(goals.contains("durable ingest"));
    }

    @Test
    void comparesNoRateThatOthersDisturbed() {
        EngineFigures ours = engine("almagest", 40, "0");
        EngineFigures peer = engine("sqlite", 100, "0");
        ours.loaded(new LoadFigures(1_000_000, 400_000, 20, 30, 1, 0, 2, 170, 0.1, true));
        peer.loaded(new LoadFigures(1_000_000, 50_000, 20, 30, 1, 0, 2, 400, 0.5, true));
        assertTrue(GoalTable.of(List.of(ours, peer), 1_000_000).stream()
                .noneMatch(goal -> goal.what().equals("durable ingest")));
    }

    private static String reached(double micros) {
        List<EngineFigures> engines = List.of(engine("almagest", micros, "0"), engine("sqlite", 100, "0"));
        return GoalTable.of(engines, 1_000_000).get(0).reached();
    }

    private static EngineFigures engine(String name, double micros, String wrong) {
        EngineFigures figures = new EngineFigures(name, name + " 1");
        figures.put("b", new QueryFigures(micros, micros, 2 * micros, 1e5, 100, 0.1, wrong));
        return figures;
    }
}

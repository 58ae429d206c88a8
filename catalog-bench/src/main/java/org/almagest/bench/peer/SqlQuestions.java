package org.almagest.bench.peer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.almagest.bench.data.Granule;
import org.almagest.bench.data.Question;
import org.almagest.bench.data.QuestionKind;
import org.almagest.bench.data.RowDigest;
import org.almagest.bench.data.TimeSpan;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.prep.PreparedGeometry;

/** Asks an engine that speaks SQL, keeps ids as {@link UUID} and differs from others in how it is asked for an area. */
final class SqlQuestions implements Session {
    private static final String DURING = "time >= ? and time < ?";
    private static final String CLEAR = " and cloud_cover < " + QuestionKind.CLOUD_BELOW;

    private final Connection connection;
    private final JdbcRows rows;
    private final AreaQueries areas;
    private final PreparedStatement byTime;
    private final PreparedStatement byId;
    private final PreparedStatement count;
    private final PreparedStatement page;
    private final PreparedStatement byArea;
    private final PreparedStatement byAreaAndTime;
    private final PreparedStatement byAreaTimeAndCloud;

    /** How an engine is asked for an area. */
    interface AreaQueries {
        /** Returns a query with its marks; {@code more} holds further conditions, which begin with {@code and}. */
        String text(String select, String more);

        /** Returns the areas to ask for one after the other. */
        List<Envelope> boxes(Question question);

        /** Sets all marks for one of these areas; {@code more} has those of the time, unless all time is asked. */
        void bind(PreparedStatement statement, Question question, Envelope box) throws SQLException;

        /** Returns the area that rows must still be compared with; null where the engine has done so. */
        @Nullable
        PreparedGeometry exact(Question question);
    }

    SqlQuestions(Connection connection, String select, JdbcRows rows, AreaQueries areas) throws SQLException {
        this.connection = connection;
        this.rows = rows;
        this.areas = areas;
        String from = select.substring(select.indexOf(" from "));
        this.byTime = connection.prepareStatement(select + " where " + DURING);
        this.byId = connection.prepareStatement(select + " where id = ?");
        this.count = connection.prepareStatement("select count(*)" + from + " where " + DURING);
        this.page =
                connection.prepareStatement(select + " where time >= ? order by time limit " + QuestionKind.PAGE_ROWS);
        this.byArea = connection.prepareStatement(areas.text(select, ""));
        this.byAreaAndTime = connection.prepareStatement(areas.text(select, " and " + DURING));
        this.byAreaTimeAndCloud = connection.prepareStatement(areas.text(select, " and " + DURING + CLEAR));
    }

    /** Sets the marks of a window of time; returns the number of the mark that follows. */
    static int bindTime(PreparedStatement statement, int first, TimeSpan time) throws SQLException {
        if (time.isAll()) {
            return first;
        }
        statement.setLong(first, time.startMillis());
        statement.setLong(first + 1, time.endMillis());
        return first + 2;
    }

    @Override
    public void ask(Question question, RowDigest digest) throws SQLException {
        switch (question.kind()) {
            case A1, A30 -> {
                bindTime(byTime, 1, question.time());
                addAll(byTime, digest);
            }
            case F -> {
                bindTime(count, 1, question.time());
                try (ResultSet result = count.executeQuery()) {
                    result.next();
                    digest.counted(result.getLong(1));
                }
            }
            case E -> {
                Granule row = question.wanted();
                byId.setObject(1, new UUID(row.idHigh(), row.idLow()));
                addAll(byId, digest);
            }
            case I -> {
                page.setLong(1, question.time().startMillis());
                addAll(page, digest);
            }
            case G -> addMeeting(byAreaTimeAndCloud, question, digest);
            case D -> addMeeting(byArea, question, digest);
            default -> addMeeting(byAreaAndTime, question, digest);
        }
    }

    private void addAll(PreparedStatement statement, RowDigest digest) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows.add(result, rows.geometry(result), digest);
            }
        }
    }

    private void addMeeting(PreparedStatement statement, Question question, RowDigest digest) throws SQLException {
        PreparedGeometry exact = areas.exact(question);
        List<Envelope> boxes = areas.boxes(question);
        Set<Object> seen = new HashSet<>();
        for (Envelope box : boxes) {
            areas.bind(statement, question, box);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    Geometry geometry = rows.geometry(result);
                    boolean met = exact == null || exact.intersects(geometry);
                    if (met && (boxes.size() == 1 || seen.add(result.getObject(1)))) {
                        rows.add(result, geometry, digest);
                    }
                }
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

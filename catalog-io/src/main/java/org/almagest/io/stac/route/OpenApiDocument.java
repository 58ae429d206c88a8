package org.almagest.io.stac.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.MediaType;

/** Describes the routes of a table by OpenAPI 3.0: what it says is what the table does. Immutable. */
public final class OpenApiDocument {
    private static final int ERRORS = 400;
    private static final Map<Integer, String> MEANINGS = Map.ofEntries(
            Map.entry(200, "The answer"),
            Map.entry(201, "Created"),
            Map.entry(204, "Done; there is nothing to send"),
            Map.entry(304, "The client has it already"),
            Map.entry(400, "The request is wrong"),
            Map.entry(403, "Not allowed"),
            Map.entry(404, "There is no such thing, or it may not be seen"),
            Map.entry(405, "Not with this method"),
            Map.entry(406, "Not in a media type that the client takes"),
            Map.entry(409, "What is there stands against it"),
            Map.entry(412, "It has changed since it was read"),
            Map.entry(413, "The body is too large"),
            Map.entry(415, "Not a media type that is understood"),
            Map.entry(428, "The request must say which version it changes"));

    private final String title;
    private final String description;
    private final List<Route> routes;

    /** Describes a table. */
    public OpenApiDocument(String title, String description, RouteTable table) {
        this.title = title;
        this.description = description;
        this.routes = table.routes();
    }

    /** Returns the document of an API that is reached at a root. */
    public byte[] toBytes(Links links) {
        ByteSink out = new ByteSink(1 << 15);
        out.ascii("{\"openapi\":\"3.0.3\",\"info\":{\"title\":").json(title);
        out.ascii(",\"description\":").json(description).ascii(",\"version\":\"1.0.0\"}");
        out.ascii(",\"servers\":[{\"url\":").json(links.base()).ascii("}],\"paths\":{");
        Map<String, List<Route>> byPath = new LinkedHashMap<>();
        for (Route route : routes) {
            byPath.computeIfAbsent(route.template().text(), path -> new ArrayList<>())
                    .add(route);
        }
        String separator = "";
        for (Map.Entry<String, List<Route>> path : byPath.entrySet()) {
            out.ascii(separator).json(path.getKey()).ascii(":{");
            String between = "";
            for (Route route : path.getValue()) {
                out.ascii(between);
                append(route, out);
                between = ",";
            }
            out.put('}');
            separator = ",";
        }
        return out.ascii("},\"components\":{\"schemas\":{\"Problem\":")
                .ascii(PROBLEM)
                .ascii("}}}")
                .toByteArray();
    }

    private static final String PROBLEM =
            "{\"type\":\"object\",\"required\":[\"title\",\"status\",\"code\",\"description\"],"
                    + "\"properties\":{\"type\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},"
                    + "\"status\":{\"type\":\"integer\"},\"code\":{\"type\":\"string\"},\"parameter\":{\"type\":\"string\"},"
                    + "\"detail\":{\"type\":\"string\"},\"description\":{\"type\":\"string\"},\"instance\":{\"type\":\"string\"}}}";

    private static void append(Route route, ByteSink out) {
        out.json(route.method().name().toLowerCase(Locale.ROOT)).ascii(":{\"operationId\":");
        out.json(operationId(route)).ascii(",\"summary\":").json(route.summary());
        appendParameters(route, out);
        if (!route.consumes().isEmpty()) {
            out.ascii(",\"requestBody\":{\"required\":true,\"content\":");
            appendContent(route.consumes(), "{}", out);
            out.put('}');
        }
        appendResponses(route, out);
        out.put('}');
    }

    /** Returns a name made of method and address: {@code getCollectionsCollectionIdItems}. */
    static String operationId(Route route) {
        StringBuilder id = new StringBuilder(route.method().name().toLowerCase(Locale.ROOT));
        boolean capital = true;
        String text = route.template().text();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                id.append(capital ? Character.toUpperCase(c) : c);
            }
            capital = !Character.isLetterOrDigit(c);
        }
        return text.equals("/") ? id.append("LandingPage").toString() : id.toString();
    }

    private static void appendParameters(Route route, ByteSink out) {
        List<String> parameters = new ArrayList<>();
        for (String name : route.template().names()) {
            parameters.add(parameter(name, "path", "{\"type\":\"string\"}", "Percent-encoded"));
        }
        for (Parameter parameter : route.parameters()) {
            parameters.add(
                    parameter(parameter.name(), "query", parameter.schema().text(), parameter.description()));
        }
        if (!parameters.isEmpty()) {
            out.ascii(",\"parameters\":[").utf8(String.join(",", parameters)).put(']');
        }
    }

    private static String parameter(String name, String in, String schema, String description) {
        ByteSink out = new ByteSink(256);
        out.ascii("{\"name\":").json(name).ascii(",\"in\":").json(in);
        out.ascii(",\"required\":").ascii(Boolean.toString(in.equals("path")));
        out.ascii(",\"description\":").json(description);
        return out.ascii(",\"schema\":").utf8(schema).put('}').toString();
    }

    private static void appendResponses(Route route, ByteSink out) {
        out.ascii(",\"responses\":{");
        for (int status : route.statuses()) {
            out.json(Integer.toString(status)).ascii(":{\"description\":");
            out.json(MEANINGS.getOrDefault(status, "Status " + status));
            if (status >= ERRORS) {
                out.ascii(",\"content\":");
                appendProblem(out);
            } else if ((status == 200 || status == 201) && !route.produces().isEmpty()) {
                out.ascii(",\"content\":");
                appendContent(route.produces(), "{}", out);
            }
            out.ascii("},");
        }
        out.ascii("\"default\":{\"description\":\"The store or the server failed\",\"content\":");
        appendProblem(out);
        out.ascii("}}");
    }

    private static void appendProblem(ByteSink out) {
        appendContent(List.of(MediaType.PROBLEM), "{\"$ref\":\"#/components/schemas/Problem\"}", out);
    }

    private static void appendContent(List<String> mediaTypes, String schema, ByteSink out) {
        out.put('{');
        String separator = "";
        for (String mediaType : mediaTypes) {
            out.ascii(separator)
                    .json(mediaType)
                    .ascii(":{\"schema\":")
                    .utf8(schema)
                    .put('}');
            separator = ",";
        }
        out.put('}');
    }
}

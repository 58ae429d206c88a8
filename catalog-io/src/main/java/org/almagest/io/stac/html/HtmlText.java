package org.almagest.io.stac.html;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/** A page of HTML; text is escaped by all of its methods, and nothing else writes HTML. One thread. */
public final class HtmlText {
    private static final String STYLE =
            "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}"
                    + "table{border-collapse:collapse}td,th{border-bottom:1px solid #ccc;padding:.2rem .8rem .2rem 0;"
                    + "text-align:left;vertical-align:top;overflow-wrap:anywhere}nav{margin-bottom:1rem}";

    /** What the page may load: its own style, and nothing from anywhere. */
    public static final String SECURITY_POLICY = "default-src 'none'; style-src 'sha256-" + digest(STYLE)
            + "'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final int TEXT_MAX = 10_000;

    private final StringBuilder out = new StringBuilder(8_192);

    HtmlText(String title) {
        out.append("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">");
        out.append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>");
        text(title);
        out.append("</title><style>").append(STYLE).append("</style></head><body>");
    }

    private static String digest(String style) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /** Appends text; very long text is cut. */
    HtmlText text(String value) {
        boolean cut = value.length() > TEXT_MAX;
        for (int i = 0; i < (cut ? TEXT_MAX : value.length()); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        if (cut) {
            out.append('…');
        }
        return this;
    }

    /** Appends an element with text; the name is one of ours. */
    HtmlText element(String name, String value) {
        return open(name).text(value).close(name);
    }

    HtmlText open(String name) {
        out.append('<').append(name).append('>');
        return this;
    }

    HtmlText close(String name) {
        out.append("</").append(name).append('>');
        return this;
    }

    /** Appends a link to an address of this API. */
    HtmlText link(String href, String value) {
        out.append("<a href=\"");
        text(href);
        out.append("\">");
        return text(value).close("a");
    }

    /** Appends a link to an address that stands in the data: only where a browser would open it as a page. */
    HtmlText foreignLink(String href, String value) {
        String lower = href.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("https://") && !lower.startsWith("http://")) {
            return text(value);
        }
        out.append("<a rel=\"noopener noreferrer nofollow\" href=\"");
        text(href);
        out.append("\">");
        return text(value).close("a");
    }

    /** Appends a row of a table with a name and a text. */
    HtmlText row(String name, String value) {
        return open("tr").element("th", name).element("td", value).close("tr");
    }

    /** Returns the whole page. */
    byte[] toBytes() {
        return (out + "</body></html>").getBytes(StandardCharsets.UTF_8);
    }
}

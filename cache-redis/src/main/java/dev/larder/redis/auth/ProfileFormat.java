package dev.larder.redis.auth;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the format of AWS profile files:
 *
 * <pre>
 *     # a comment; so is what stands behind a blank and # or ;
 *     [profile staging]
 *     region = eu-west-1 ; here too
 *     s3 =
 *       max_concurrent_requests = 20
 * </pre>
 *
 * <p>An indented line belongs to the property above it; none of those is needed here, so they are skipped. Names of properties are not
 * case sensitive. Of a property that stands twice in a section the last counts.
 */
final class ProfileFormat {

    private static final Pattern SECTION = Pattern.compile("\\[([^]]+)].*");
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)[#;].*");

    private ProfileFormat() {}

    /** Returns the properties of each section, by its name as it is written, with single blanks. */
    static Map<String, Map<String, String>> parse(String text) {
        Map<String, Map<String, String>> sections = new HashMap<>();
        Map<String, String> section = new HashMap<>(); // what stands above the first section is nobody's
        for (String line : text.lines().toList()) {
            Matcher header = SECTION.matcher(line);
            if (header.matches()) {
                section = sections.computeIfAbsent(name(header.group(1)), name -> new HashMap<>());
            } else if (!line.isEmpty() && !Character.isWhitespace(line.charAt(0))) {
                addProperty(line, section);
            }
        }
        return sections;
    }

    private static String name(String header) {
        return header.strip().replaceAll("\\s+", " ");
    }

    private static void addProperty(String line, Map<String, String> section) {
        String bare = COMMENT.matcher(line).replaceFirst("");
        int equals = bare.indexOf('=');
        if (equals > 0) {
            section.put(
                    bare.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                    bare.substring(equals + 1).strip());
        }
    }
}

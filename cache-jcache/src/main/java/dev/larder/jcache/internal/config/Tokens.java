package dev.larder.jcache.internal.config;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.cache.CacheException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON or YAML into {@link Node}s. The only class that knows Jackson, besides {@link Yaml}; so Jackson is not loaded
 * where there is no file.
 */
final class Tokens {

    private static final Pattern ASIDE =
            Pattern.compile("(?<=token) '[^']*'| ?\\((code|start marker|not recognized)[^()]*(\\([^()]*\\)[^()]*)*\\)");

    private final String file;
    private final boolean isYaml;
    private final Substitution substitution;
    private final JsonParser parser;

    private Tokens(String file, boolean isYaml, Substitution substitution, JsonParser parser) {
        this.file = file;
        this.isYaml = isYaml;
        this.substitution = substitution;
        this.parser = parser;
    }

    /** Reads a configuration file; what surrounds it is put in for its placeholders. */
    static Node.Table read(ConfigurationFile file, Surroundings surroundings) {
        TokenStreamFactory factory = file.isYaml() ? yaml(file.name()) : new JsonFactory();
        try (InputStream content = file.open();
                JsonParser parser = factory.createParser(ObjectReadContext.empty(), content)) {
            return new Tokens(file.name(), file.isYaml(), new Substitution(surroundings), parser).document();
        } catch (IOException e) {
            throw new CacheException(file.name() + ": cannot be read: " + e, e);
        } catch (JacksonException e) {
            throw malformed(file.name(), e);
        }
    }

    /** Reads a JSON text of ours, in which nothing is replaced. */
    static Node.Table read(String name, String json) {
        Surroundings nothing = new Surroundings(Map.of(), key -> null);
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            return new Tokens(name, false, new Substitution(nothing), parser).document();
        } catch (JacksonException e) {
            throw malformed(name, e);
        }
    }

    private static TokenStreamFactory yaml(String file) {
        try {
            return Yaml.factory();
        } catch (NoClassDefFoundError e) {
            throw new CacheException(
                    file
                            + ": YAML needs tools.jackson.dataformat:jackson-dataformat-yaml on the class path; add it, or write"
                            + " the file in JSON",
                    e);
        }
    }

    /** Leaves out the cause, whose message may show lines of the file, and so a secret. */
    private static CacheException malformed(String file, JacksonException e) {
        int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
        return new CacheException(Place.line(file, line) + ": cannot be parsed: " + reason(e)
                + "; see whether a comma, a quote, a brace or an indentation is missing there, or one too many");
    }

    /** Returns what the parser says, without what it says of itself and without what stands in the file. */
    private static String reason(JacksonException e) {
        String plain = ASIDE.matcher(e.getOriginalMessage()).replaceAll("");
        return plain.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .collect(Collectors.joining(", "));
    }

    private Node.Table document() {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw new CacheException(place() + ": a configuration is one object; write { ... }, which may be empty");
        }
        Node.Table table = table(KeyPath.ROOT);
        if (parser.nextToken() != null) {
            throw new CacheException(place() + ": there is something after the end; leave one object in the file");
        }
        return table;
    }

    private Node.Table table(KeyPath path) {
        Place start = place();
        Map<String, Node> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Place keyPlace = place();
            if (entries.containsKey(key)) {
                throw Problem.at(
                        new Node.Table(path.then(key), keyPlace, Map.of()),
                        "the key is there twice; leave one of them");
            }
            parser.nextToken();
            entries.put(key, node(path.then(key), keyPlace));
        }
        return new Node.Table(path, start, entries);
    }

    private Node node(KeyPath path, Place place) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> new Node.Table(path, place, table(path).entries());
            case START_ARRAY -> new Node.Items(path, place, items(path));
            default -> scalar(path, place);
        };
    }

    private List<Node> items(KeyPath path) {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(path.then(items.size()), place()));
        }
        return items;
    }

    private Node.Scalar scalar(KeyPath path, Place place) {
        String written = parser.getString();
        Node.Scalar scalar = new Node.Scalar(path, place, kind(), written, written, Secrets.isSecret(path));
        if (isYaml && Yaml.isAlias(parser)) {
            throw Problem.value(scalar, "is an alias, which is not supported; write the value, or use \"extends\"");
        }
        return scalar.isString() ? replaced(scalar) : scalar;
    }

    private Node.Scalar replaced(Node.Scalar scalar) {
        try {
            String text = substitution.apply(scalar.written());
            return new Node.Scalar(
                    scalar.path(), scalar.place(), scalar.kind(), text, scalar.written(), scalar.secret());
        } catch (IllegalArgumentException e) {
            throw Problem.value(scalar, String.valueOf(e.getMessage()), e);
        }
    }

    private Node.Scalar.Kind kind() {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Node.Scalar.Kind.NUMBER;
            case VALUE_TRUE, VALUE_FALSE -> Node.Scalar.Kind.BOOLEAN;
            case VALUE_NULL -> Node.Scalar.Kind.NULL;
            default -> Node.Scalar.Kind.STRING;
        };
    }

    private Place place() {
        return Place.line(file, parser.currentTokenLocation().getLineNr());
    }
}

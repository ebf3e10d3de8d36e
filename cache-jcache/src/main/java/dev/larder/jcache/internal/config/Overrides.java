package dev.larder.jcache.internal.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.cache.CacheException;

/**
 * Lets environment variables change single values of a file, each without touching its neighbours.
 *
 * <p>The name of a variable is made from the path of the value, see {@link VariableName}; never the other way round, which
 * could not be done without guessing. So a variable means something only if a value that may stand in the file has that
 * name: a setting of a template that is there, say. Two values of the same name cannot be changed that way.
 */
final class Overrides {

    private static final String DEFAULT_PREFIX = "LARDER";
    private static final Pattern PREFIX = Pattern.compile("[A-Z][A-Z0-9_]*");

    private final Node.Table root;
    private final StoreProviders providers;
    private final String prefix;

    /** What can be changed, by the name of the variable that does. */
    private final Map<String, List<KeyPath>> addresses = new TreeMap<>();

    private Overrides(Node.Table root, StoreProviders providers) {
        this.root = root;
        this.providers = providers;
        Node named = root.get(FileKey.ENVIRONMENT_PREFIX.key());
        prefix = named == null ? DEFAULT_PREFIX : Shape.value(named, Overrides::toPrefix);
    }

    private static String toPrefix(Node.Scalar scalar) {
        if (!PREFIX.matcher(scalar.text()).matches()) {
            throw new IllegalArgumentException(
                    "cannot begin the name of a variable; write capital letters, digits and underscores");
        }
        return scalar.text();
    }

    /** Returns the file with what the environment changes in it. */
    static Node.Table apply(Node.Table root, StoreProviders providers, Map<String, String> variables) {
        Overrides overrides = new Overrides(root, providers);
        overrides.collectAddresses();
        Node.Table changed = root;
        for (Map.Entry<String, String> variable : new TreeMap<>(variables).entrySet()) {
            if (overrides.concerns(variable.getKey())) {
                changed = overrides.apply(changed, variable.getKey(), variable.getValue());
            }
        }
        return changed;
    }

    /** Other variables may begin alike without being meant for Larder: {@code LARDER_HOME}, {@code LARDER_SERVICE_PORT}. */
    private boolean concerns(String variable) {
        return variable.equals(name(KeyPath.of(FileKey.STRICT.key())))
                || List.of(FileKey.DEFAULTS, FileKey.STORES, FileKey.TEMPLATES, FileKey.CACHES).stream()
                        .anyMatch(key -> variable.startsWith(name(KeyPath.of(key.key())) + "_"));
    }

    private Node.Table apply(Node.Table before, String variable, String text) {
        Place place = Place.variable(root.place().file(), variable);
        List<KeyPath> paths = addresses.getOrDefault(variable, List.of());
        if (paths.isEmpty()) {
            throw new CacheException(
                    place + ": means no value of this file; " + Nearest.advice(variable, addresses.keySet()));
        }
        if (paths.size() > 1) {
            throw new CacheException(place + ": means " + paths.get(0) + " as well as " + paths.get(1)
                    + "; rename one of them, or change the value in the file with ${env:...}");
        }
        KeyPath path = paths.get(0);
        Node.Scalar value = new Node.Scalar(path, place, Node.Scalar.Kind.STRING, text, text, Secrets.isSecret(path));
        return before.with(path.keys(), value);
    }

    private void collectAddresses() {
        add(KeyPath.of(FileKey.STRICT.key()));
        addSettings(KeyPath.of(FileKey.DEFAULTS.key()), Settings.EVERYWHERE);
        for (Node template : below(FileKey.TEMPLATES)) {
            addSettings(template.path(), Settings.EVERYWHERE);
            add(template.path().then(Block.EXTENDS));
        }
        for (Node cache : below(FileKey.CACHES)) {
            addSettings(cache.path(), Settings.OF_CACHES);
            add(cache.path().then(Block.EXTENDS));
        }
        below(FileKey.STORES).forEach(store -> addStore(Shape.table(store)));
    }

    private void addSettings(KeyPath block, List<Setting<?>> settings) {
        settings.forEach(setting -> add(block.then(setting.name())));
    }

    private void addStore(Node.Table store) {
        String type = FileParser.type(store, providers.types());
        for (List<String> leaf : StoreSchema.of(providers.get(type)).leaves()) {
            KeyPath path = store.path().then(type);
            for (String key : leaf) {
                path = path.then(key);
            }
            add(path);
        }
    }

    private Collection<Node> below(FileKey section) {
        Node node = root.get(section.key());
        return node == null ? List.of() : Shape.table(node).entries().values();
    }

    private void add(KeyPath path) {
        addresses.computeIfAbsent(name(path), name -> new ArrayList<>()).add(path);
    }

    private String name(KeyPath path) {
        return prefix + "_" + VariableName.of(path);
    }
}

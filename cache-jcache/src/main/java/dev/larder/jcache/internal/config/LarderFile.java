package dev.larder.jcache.internal.config;

import dev.larder.jcache.internal.config.Setting.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * A configuration file, read and checked.
 *
 * <p>What it says of a cache comes, the nearest first, from the cache itself in {@code caches}, from the template that it
 * extends or else the best that matches its name, from those that this one extends in turn, and from {@code defaults}.
 *
 * @param name the file's name
 * @param strict where caches without a template are refused, or null if they are not
 */
record LarderFile(
        String name,
        @Nullable Node strict,
        Block defaults,
        Map<String, StoreDeclaration> stores,
        Map<String, Block> templates,
        Map<String, Block> caches) {

    /**
     * Returns what the file says of a cache.
     *
     * @throws CacheException if two templates match it equally well, or none does and the file is strict
     */
    Resolved resolve(String cacheName) {
        Block cache = caches.get(cacheName);
        Block template = cache != null && cache.parent() != null ? parentOf(cache) : match(cacheName);
        if (cache == null && template == null && strict != null) {
            throw Problem.at(
                    strict,
                    "cache \"" + cacheName
                            + "\" has no template, and strict refuses such a cache; add a template that matches"
                            + " its name, or switch strict off");
        }
        List<Block> layers = ancestry(template);
        if (cache != null) {
            layers.add(0, cache);
        }
        return new Resolved(cacheName, cache, template, merged(layers));
    }

    private Map<Setting<?>, Value<?>> merged(List<Block> nearestFirst) {
        Map<Setting<?>, Value<?>> values = new LinkedHashMap<>(defaults.values());
        for (int i = nearestFirst.size() - 1; i >= 0; i--) {
            nearestFirst.get(i).layOver(values);
        }
        boundOnlyWhatCanBe(values);
        return values;
    }

    /** A bound from farther away than the store is for other stores; one that is meant for this store is a mistake. */
    private void boundOnlyWhatCanBe(Map<Setting<?>, Value<?>> values) {
        Value<?> store = values.get(Settings.STORE);
        Value<?> bound = values.get(Settings.MAXIMUM_SIZE);
        if (store == null) {
            return;
        }
        StoreDeclaration declaration = stores.get(store.node().text());
        if (declaration == null) {
            throw Problem.unknownName(store.node(), "store", stores.keySet());
        }
        if (bound != null && !declaration.provider().hasMaximumSize()) {
            List<Setting<?>> fartherFirst = List.copyOf(values.keySet());
            if (fartherFirst.indexOf(Settings.MAXIMUM_SIZE) > fartherFirst.indexOf(Settings.STORE)) {
                throw declaration.cannotBeBounded(bound.node());
            }
            values.remove(Settings.MAXIMUM_SIZE);
        }
    }

    /** Insists that all that can be told without the names of caches is right. */
    void check() {
        merged(List.of());
        templates.values().forEach(template -> merged(ancestry(template)));
        caches.keySet().forEach(this::resolve);
    }

    /** Returns a template and those that it extends, the nearest first. */
    private List<Block> ancestry(@Nullable Block template) {
        List<Block> ancestry = new ArrayList<>();
        for (Block block = template; block != null; block = parentOf(block)) {
            if (ancestry.contains(block)) {
                ancestry.add(block);
                throw Problem.at(
                        block.node(),
                        "extends itself: "
                                + String.join(
                                        " -> ",
                                        ancestry.stream().map(Block::name).toList()) + "; take out one \"extends\"");
            }
            ancestry.add(block);
        }
        return ancestry;
    }

    private @Nullable Block parentOf(Block block) {
        Node.Scalar parent = block.parent();
        if (parent == null) {
            return null;
        }
        Block found = templates.get(parent.text());
        if (found == null) {
            throw Problem.unknownName(parent, "template", templates.keySet());
        }
        return found;
    }

    private @Nullable Block match(String cacheName) {
        List<Block> matching = templates.values().stream()
                .filter(template -> new NamePattern(template.name()).matches(cacheName))
                .sorted(Comparator.comparingInt(LarderFile::weight).reversed())
                .toList();
        if (matching.size() > 1 && weight(matching.get(0)) == weight(matching.get(1))) {
            throw tie(cacheName, matching.get(0), matching.get(1));
        }
        return matching.isEmpty() ? null : matching.get(0);
    }

    private static int weight(Block template) {
        return new NamePattern(template.name()).weight();
    }

    private static CacheException tie(String cacheName, Block one, Block other) {
        return Problem.at(
                other.node(),
                "cache \"" + cacheName + "\" matches this template and \"" + one.name() + "\" ("
                        + one.node().place().where()
                        + ") equally well; make one of the patterns longer, or add a template \"" + cacheName + "\"");
    }
}

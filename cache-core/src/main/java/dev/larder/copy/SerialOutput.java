package dev.larder.copy;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a value that is to be read back at once, and remembers every class written: those, and no others, may be read.
 * Objects that Java serialisation has no form for are handed over by {@link StandIn}s.
 */
final class SerialOutput extends ObjectOutputStream {

    private final Strategies strategies;
    private final Map<String, Class<?>> written = new HashMap<>();
    private final Map<List<String>, Class<?>> proxies = new HashMap<>();
    private final List<Object> handedOver = new ArrayList<>();

    SerialOutput(OutputStream target, Strategies strategies) throws IOException {
        super(target);
        this.strategies = strategies;
        enableReplaceObject(true);
    }

    /** Returns the class that was written by this name, or null if none was. */
    @Nullable
    Class<?> writtenAs(String name) {
        return written.get(name);
    }

    /** Returns the proxy class that was written with these interfaces, or null if none was. */
    @Nullable
    Class<?> proxyWrittenAs(List<String> interfaces) {
        return proxies.get(interfaces);
    }

    List<Object> handedOver() {
        return handedOver;
    }

    @Override
    protected void annotateClass(Class<?> type) {
        written.putIfAbsent(type.getName(), type);
    }

    @Override
    protected void annotateProxyClass(Class<?> type) {
        Class<?>[] interfaces = type.getInterfaces();
        for (Class<?> each : interfaces) {
            annotateClass(each);
        }
        proxies.putIfAbsent(Arrays.stream(interfaces).map(Class::getName).toList(), type);
    }

    @Override
    protected Object replaceObject(Object object) {
        Strategy strategy = strategies.of(object.getClass());
        if (strategy instanceof UserCopy user) {
            return handOver(user.copy(object));
        }
        if (strategy == Strategy.SHARE) {
            return handOver(object);
        }
        if (object instanceof Serializable) {
            return object;
        }
        if (object instanceof Comparator) {
            return handOver(object); // shared wherever it is found, because a collection's comparator is
        }
        if (object instanceof Optional<?> optional) {
            return new StandIn.Perhaps(optional.orElse(null));
        }
        return object instanceof Record && RecordCopy.canCopy(object.getClass())
                ? new StandIn.RecordParts(object.getClass(), RecordCopy.partsOf(object))
                : object;
    }

    private StandIn handOver(Object object) {
        handedOver.add(object);
        return new StandIn.HandedOver(handedOver.size() - 1);
    }
}

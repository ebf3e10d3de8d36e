package dev.larder.annotations.internal.run;

import dev.larder.annotations.internal.load.Load;
import dev.larder.annotations.internal.load.Loads.Hold;
import dev.larder.annotations.internal.load.Moment;
import dev.larder.annotations.internal.method.MethodModel;
import dev.larder.annotations.internal.method.ParameterModel;
import dev.larder.annotations.internal.region.Region;
import dev.larder.annotations.internal.region.RegionSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code @CachePut}: the argument goes into the cache; null, or an empty {@link Optional}, removes what is there. */
final class PutOperation extends ChangeOperation {

    private final Keys keys;
    private final ParameterModel value;

    PutOperation(MethodModel method, RegionSource regions, Keys keys) {
        super(method, regions);
        this.keys = keys;
        this.value = Objects.requireNonNull(method.valueParameter(), "valueParameter");
    }

    @Override
    Object keyOf(Call call) {
        return keys.of(call);
    }

    @Override
    Hold hold(Region region, Object key) {
        return region.loads().hold(key);
    }

    /** Of two changes that hold the key, nobody knows which one the source will be left with; so the second to begin removes the entry instead. */
    @Override
    void change(Call call, Region region, Object key) {
        Load put = region.loads().beginChange(key);
        put.succeed(null);
        try {
            region.loads().replaceHeld(key, put, () -> put(call, region, key), () -> region.remove(key));
        } finally {
            region.loads().end(key, put);
        }
    }

    private void put(Call call, Region region, Object key) {
        region.replace(key, valueOf(call), call.arguments());
    }

    private @Nullable Object valueOf(Call call) {
        Object argument = call.argument(value);
        return argument instanceof Optional<?> optional ? optional.orElse(null) : argument;
    }

    /** Of two puts of a key at the same time, nobody knows whose change the source was left with; so the second to end removes the entry instead. */
    @Override
    Ending begin(Call call, Region region, Object key) {
        Load put = region.loads().beginChange(key);
        return new Ending() {
            @Override
            public void methodReturned() {
                put.succeed(null);
            }

            @Override
            public void end(boolean wanted, Moment moment) {
                try {
                    if (wanted) {
                        region.loads()
                                .replace(key, put, moment, () -> put(call, region, key), () -> region.remove(key));
                    }
                } finally {
                    region.loads().end(key, put);
                }
            }
        };
    }
}

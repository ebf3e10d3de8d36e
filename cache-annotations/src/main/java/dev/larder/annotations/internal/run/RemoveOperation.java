package dev.larder.annotations.internal.run;

import dev.larder.annotations.internal.load.Loads.Hold;
import dev.larder.annotations.internal.method.MethodModel;
import dev.larder.annotations.internal.region.Region;
import dev.larder.annotations.internal.region.RegionSource;

/** {@code @CacheRemove}: the entry goes. */
final class RemoveOperation extends ChangeOperation {

    private final Keys keys;

    RemoveOperation(MethodModel method, RegionSource regions, Keys keys) {
        super(method, regions);
        this.keys = keys;
    }

    @Override
    Object keyOf(Call call) {
        return keys.of(call);
    }

    @Override
    Hold hold(Region region, Object key) {
        return region.loads().hold(key);
    }

    @Override
    void change(Call call, Region region, Object key) {
        region.remove(key);
    }

    @Override
    Ending begin(Call call, Region region, Object key) {
        return (wanted, moment) -> {
            if (wanted) {
                region.loads().overtake(key, moment);
                region.remove(key);
            }
        };
    }
}

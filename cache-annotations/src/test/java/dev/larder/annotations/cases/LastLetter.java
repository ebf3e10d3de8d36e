package dev.larder.annotations.cases;

import dev.larder.annotations.key.ParametersKey;
import java.lang.annotation.Annotation;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.GeneratedCacheKey;

/** Keys of the last letter only. */
public class LastLetter implements CacheKeyGenerator {

    @Override
    public GeneratedCacheKey generateCacheKey(CacheKeyInvocationContext<? extends Annotation> context) {
        String text = String.valueOf(context.getKeyParameters()[0].getValue());
        return ParametersKey.of(text.substring(text.length() - 1));
    }
}

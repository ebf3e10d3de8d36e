package dev.larder.annotations.container;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.annotations.cdi.CacheAnnotationsBuildExtension;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiteExtensionTest {

    /** Else another would be tested than the one that is shipped. */
    @Test
    void isCalledAtTheSamePhases() {
        assertThat(phases(LiteExtension.class)).hasSize(4).isEqualTo(phases(CacheAnnotationsBuildExtension.class));
    }

    private static Map<String, List<Annotation>> phases(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getDeclaredAnnotations().length > 0)
                .collect(toMap(Method::getName, method -> List.of(method.getDeclaredAnnotations())));
    }
}

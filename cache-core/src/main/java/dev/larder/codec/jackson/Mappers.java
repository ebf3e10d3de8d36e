package dev.larder.codec.jackson;

import dev.larder.codec.CodecLimits;
import java.util.List;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * Makes the mappers. What the defaults of Jackson decide in our favour is set all the same where the contents of a store
 * depend on it, so that no later default changes them.
 */
final class Mappers {

    private Mappers() {}

    static ObjectMapper json(CodecLimits limits, List<JacksonModule> modules) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(reading(limits))
                .streamWriteConstraints(writing(limits))
                .build();
        return configured(JsonMapper.builder(factory), modules).build();
    }

    static ObjectMapper cbor(CodecLimits limits, List<JacksonModule> modules) {
        try {
            return Cbor.mapper(limits, modules);
        } catch (NoClassDefFoundError missing) {
            throw new IllegalStateException(
                    "CBOR needs tools.jackson.dataformat:jackson-dataformat-cbor, which is not there", missing);
        }
    }

    /** Apart, because its dependency is optional. */
    private static final class Cbor {

        static ObjectMapper mapper(CodecLimits limits, List<JacksonModule> modules) {
            CBORFactory factory = CBORFactory.builder()
                    .streamReadConstraints(reading(limits))
                    .streamWriteConstraints(writing(limits))
                    .build();
            return configured(CBORMapper.builder(factory), modules).build();
        }
    }

    private static StreamReadConstraints reading(CodecLimits limits) {
        return StreamReadConstraints.builder()
                .maxNestingDepth(limits.maxDepth())
                .maxDocumentLength(limits.maxValueBytes())
                .maxStringLength(limits.maxValueBytes())
                .build();
    }

    private static StreamWriteConstraints writing(CodecLimits limits) {
        return StreamWriteConstraints.builder()
                .maxNestingDepth(limits.maxDepth())
                .build();
    }

    /** The user's modules come first, so that they take nothing back of what keeps bytes from naming classes. */
    private static <M extends ObjectMapper, B extends MapperBuilder<M, B>> B configured(
            B builder, List<JacksonModule> modules) {
        return faithful(lenient(builder.addModules(modules)))
                .polymorphicTypeValidator(new NoClassNames())
                .addModule(ForbiddenTypes.module())
                .addModule(SortedContainers.module());
    }

    /** Towards a class that has changed: take what is there, but invent nothing. */
    private static <M extends ObjectMapper, B extends MapperBuilder<M, B>> B lenient(B builder) {
        return builder.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_UNRESOLVED_OBJECT_IDS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
    }

    /** What is read is what was written, and equal values are written alike. */
    private static <M extends ObjectMapper, B extends MapperBuilder<M, B>> B faithful(B builder) {
        return builder.enable(SerializationFeature.FAIL_ON_EMPTY_BEANS, SerializationFeature.FAIL_ON_SELF_REFERENCES)
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY, MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
                .disable(MapperFeature.ALLOW_FINAL_FIELDS_AS_MUTATORS)
                .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
                .disable(
                        DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS,
                        DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE,
                        DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID);
    }
}

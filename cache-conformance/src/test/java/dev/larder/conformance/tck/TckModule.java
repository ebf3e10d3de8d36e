package dev.larder.conformance.tck;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import domain.Beagle;
import domain.Dachshund;
import domain.Dog;
import domain.Hound;
import domain.Identifier;
import domain.Identifier2;
import java.io.Serial;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** Tells Jackson of the classes of the TCK that have neither getters nor annotations that it could go by. */
public final class TckModule extends SimpleModule {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates the module. */
    public TckModule() {
        add(Identifier.class, Identifier::new);
        add(Identifier2.class, Identifier2::new);
        setMixInAnnotation(Dog.class, Fields.class);
        setMixInAnnotation(Hound.class, Names.class);
    }

    /** Gives the classes names where only the interface is declared. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({@JsonSubTypes.Type(Beagle.class), @JsonSubTypes.Type(Dachshund.class)})
    private static final class Names {}

    /** Says that the fields are what counts: a dog's getters lead to the dog itself, and its setters are no setters. */
    @JsonAutoDetect(
            fieldVisibility = Visibility.ANY,
            getterVisibility = Visibility.NONE,
            isGetterVisibility = Visibility.NONE,
            setterVisibility = Visibility.NONE)
    private static final class Fields {}

    private <T> void add(Class<T> type, Function<String, T> constructor) {
        addSerializer(type, new ToStringSerializer(type));
        addDeserializer(type, new StdDeserializer<T>(type) {
            @Override
            public T deserialize(JsonParser parser, DeserializationContext context) {
                return constructor.apply(parser.getValueAsString());
            }
        });
    }
}

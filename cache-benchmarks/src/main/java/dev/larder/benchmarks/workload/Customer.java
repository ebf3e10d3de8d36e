package dev.larder.benchmarks.workload;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** What applications keep on a server: a record of ten components, one of them a list. */
record Customer(
        long id,
        String name,
        String street,
        String city,
        int age,
        boolean active,
        double score,
        BigDecimal balance,
        LocalDate since,
        List<String> labels)
        implements Serializable {

    static Customer of(int number) {
        return new Customer(
                number,
                "name " + number,
                "street " + number,
                "city " + number % 100,
                number % 90,
                number % 2 == 0,
                number / 7.0,
                BigDecimal.valueOf(number, 2),
                LocalDate.ofEpochDay(number % 20_000),
                List.of("first", "second", "third"));
    }
}

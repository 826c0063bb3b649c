// The oracle answers for Go's own library: every line of standard input is a question
// {"Op": name, "Args": [...]}, and every line of standard output the answer to it.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
)

// ops holds the functions that can be asked, by name. Each file of this program adds its
// own in an init function. Arguments are converted from JSON to the types of the
// function's parameters ([]byte is base64), results to JSON; an error is its text or null.
var ops = map[string]any{}

func add(functions map[string]any) {
	for name, function := range functions {
		ops[name] = function
	}
}

type question struct {
	Op   string
	Args []json.RawMessage
}

// An answer has the results of the function, or what it panicked with.
type answer struct {
	Values []any
	Panic  string `json:",omitempty"`
}

// text is a string that need not be UTF-8: what is not stands as {"Bytes": base64}.
type text string

func (t *text) UnmarshalJSON(data []byte) error {
	if data[0] == '{' {
		var raw struct{ Bytes []byte }
		err := json.Unmarshal(data, &raw)
		*t = text(raw.Bytes)
		return err
	}
	var s string
	err := json.Unmarshal(data, &s)
	*t = text(s)
	return err
}

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	decoder := json.NewDecoder(bufio.NewReader(os.Stdin))
	for decoder.More() {
		var q question
		if err := decoder.Decode(&q); err != nil {
			fmt.Fprintln(os.Stderr, "oracle:", err)
			os.Exit(1)
		}
		if err := encoder.Encode(respond(q)); err != nil {
			fmt.Fprintln(os.Stderr, "oracle:", q.Op, err)
			os.Exit(1)
		}
	}
}

func respond(q question) (a answer) {
	function, known := ops[q.Op]
	if !known {
		fmt.Fprintln(os.Stderr, "oracle: no operation", q.Op)
		os.Exit(1)
	}
	args := arguments(q, reflect.TypeOf(function))
	defer func() {
		if reason := recover(); reason != nil {
			a = answer{Values: []any{}, Panic: fmt.Sprint(reason)}
		}
	}()
	for _, result := range reflect.ValueOf(function).Call(args) {
		value := result.Interface()
		if err, isError := value.(error); isError {
			value = err.Error()
		}
		a.Values = append(a.Values, value)
	}
	return a
}

func arguments(q question, function reflect.Type) []reflect.Value {
	if len(q.Args) != function.NumIn() {
		fmt.Fprintf(os.Stderr, "oracle: %s takes %d arguments, not %d\n", q.Op, function.NumIn(), len(q.Args))
		os.Exit(1)
	}
	args := make([]reflect.Value, len(q.Args))
	for i, raw := range q.Args {
		kind := function.In(i)
		value := reflect.New(kind)
		var err error
		if kind.Kind() == reflect.String {
			var t text
			err = t.UnmarshalJSON(raw)
			value.Elem().SetString(string(t))
		} else {
			err = json.Unmarshal(raw, value.Interface())
		}
		if err != nil {
			fmt.Fprintf(os.Stderr, "oracle: argument %d of %s: %v\n", i+1, q.Op, err)
			os.Exit(1)
		}
		args[i] = value.Elem()
	}
	return args
}

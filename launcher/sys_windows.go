package main

import (
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"unsafe"
)

// user is empty: the folder for temporary files is the user's own already.
func user() string {
	return "files"
}

// owned trusts what the folders of a user's profile hand down to all that is in them.
func owned(fs.FileInfo) error {
	return nil
}

// ours trusts the same.
func ours(fs.FileInfo) error {
	return nil
}

// plainly has nothing to do.
func plainly() func() {
	return func() {}
}

// read gives a file's bytes to a hash.
func read(path string, into hash.Hash, buffer []byte) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	// A plain writer and reader, so that the buffer is used.
	_, err = io.CopyBuffer(struct{ io.Writer }{into}, struct{ io.Reader }{file}, buffer)
	return err
}

// room leaves it to writing to find out.
func room(string, int64) error {
	return nil
}

// lacking knows of nothing.
func lacking() error {
	return nil
}

// lock waits until this process alone unpacks, and gives what ends that.
func lock(path string) (func(), error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	const sharingViolation = syscall.Errno(32)
	var handle syscall.Handle
	err = patiently(path, func() (bool, error) {
		var err error
		handle, err = syscall.CreateFile(name, syscall.GENERIC_READ|syscall.GENERIC_WRITE, 0, nil,
			syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
		return errors.Is(err, sharingViolation), err
	})
	if err != nil {
		return nil, &os.PathError{Op: "lock", Path: path, Err: err}
	}
	return func() { _ = syscall.CloseHandle(handle) }, nil
}

// start runs Deno to its end and ends with its exit code; it returns only when Deno cannot be
// started. Windows has no exec.
func (p *pack) start(dir string) error {
	deno := exec.Command(filepath.Join(dir, p.Exe), p.arguments(dir)...)
	deno.Env = environment(dir)
	deno.Stdin, deno.Stdout, deno.Stderr = os.Stdin, os.Stdout, os.Stderr
	// The console tells every process in it of Ctrl-C and of its end. Deno answers; this one waits.
	signal.Notify(make(chan os.Signal, 1), os.Interrupt, syscall.SIGTERM)
	if err := deno.Start(); err != nil {
		return err
	}
	// Without a job Deno outlives a launcher that is killed, and that is all.
	_ = tie(deno.Process.Pid)
	err := deno.Wait()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		return last{err}
	}
	os.Exit(deno.ProcessState.ExitCode())
	return nil
}

// tie has a process end with this one. What that process starts itself is not tied: a git that
// is at work may finish, and its daemons stay.
func tie(pid int) error {
	const (
		killOnClose          = 0x2000
		silentBreakaway      = 0x1000
		extendedLimits       = 9
		setQuotaAndTerminate = 0x0101
	)
	type basic struct {
		ProcessTime, JobTime                 int64
		Flags                                uint32
		MinimumWorkingSet, MaximumWorkingSet uintptr
		ActiveProcesses                      uint32
		Affinity                             uintptr
		Priority, Scheduling                 uint32
	}
	limits := struct {
		basic
		IO     [6]uint64
		Memory [4]uintptr
	}{basic: basic{Flags: killOnClose | silentBreakaway}}

	kernel := syscall.NewLazyDLL("kernel32.dll")
	job, _, err := kernel.NewProc("CreateJobObjectW").Call(0, 0)
	if job == 0 {
		return err
	}
	ok, _, err := kernel.NewProc("SetInformationJobObject").Call(job, extendedLimits,
		uintptr(unsafe.Pointer(&limits)), unsafe.Sizeof(limits))
	if ok == 0 {
		return err
	}
	process, err := syscall.OpenProcess(setQuotaAndTerminate, false, uint32(pid))
	if err != nil {
		return err
	}
	defer syscall.CloseHandle(process)
	ok, _, err = kernel.NewProc("AssignProcessToJobObject").Call(job, uintptr(process))
	if ok == 0 {
		return err
	}
	return nil
}

//go:build !purego

#include "textflag.h"

// func copyText(dst, src *byte, n int, lf uint32) (read, written int)
TEXT ·copyText(SB), NOSPLIT, $0-48
	MOVQ dst+0(FP), DI
	MOVQ src+8(FP), SI
	MOVQ n+16(FP), CX        // bytes left
	MOVL lf+24(FP), R8
	MOVL $0x22, AX           // quote
	MOVQ AX, X1
	VPBROADCASTB X1, Y1
	MOVL $0x0d, AX           // carriage return
	MOVQ AX, X2
	VPBROADCASTB X2, Y2
	MOVL $0x0a, AX           // line feed
	MOVQ AX, X3
	VPBROADCASTB X3, Y3

loop:
	CMPQ CX, $32
	JLT  end
	VMOVDQU   (SI), Y0
	VMOVDQU   Y0, (DI)
	VPCMPEQB  Y0, Y1, Y4
	VPCMPEQB  Y0, Y2, Y5
	VPCMPEQB  Y0, Y3, Y6
	VPOR      Y4, Y5, Y4
	VPOR      Y4, Y6, Y4
	VPMOVMSKB Y4, AX
	TESTL     AX, AX
	JNE       found
	ADDQ      $32, SI
	ADDQ      $32, DI
	SUBQ      $32, CX
	JMP       loop

found:
	BSFL    AX, AX
	ADDQ    AX, SI
	ADDQ    AX, DI
	SUBQ    AX, CX
	MOVBLZX (SI), AX
	CMPL    AX, $0x22
	JEQ     quote
	CMPL    AX, $0x0a
	JNE     end
	TESTL   R8, R8
	JEQ     end
	MOVW    R8, (DI)
	JMP     next

quote:
	MOVW $0x2222, (DI)

next:
	INCQ SI
	ADDQ $2, DI
	DECQ CX
	JMP  loop

end:
	VZEROUPPER
	SUBQ src+8(FP), SI
	SUBQ dst+0(FP), DI
	MOVQ SI, read+32(FP)
	MOVQ DI, written+40(FP)
	RET
